import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '../../proofs/random.ts';
import type { Api, HttpCustomer } from '../support/api.ts';
import type { Call, RacingAgent } from './agent.ts';

/** Who meets in one conversation. Each is reached at a node of the moment. */
export interface Meeting {
  agent: RacingAgent;
  customer: HttpCustomer;
  /** A teammate, at any node. */
  teammate(): Api;
  random: Random;
  /** Messages that have reached the customer. */
  arrived(conversationId: string): number;
}

/** What happened, for those who judge. */
export interface Duel {
  conversationId: string;
  acknowledged: string[];
}

/** The customer is taken for a machine after twenty replies in ten minutes (TURN-12). */
const MOST_ARRIVALS = 18;
/** The farthest apart that a reply and an act may come. */
const APART_MS = 40;

/** A person takes over from the agent again and again, each time in the middle of its reply. */
export async function duel(meeting: Meeting, acts: number): Promise<Duel> {
  const { agent, customer, random } = meeting;
  const { conversationId, messageId } = await customer.write('Hello');
  const acknowledged = [messageId];
  for (let act = 0; act < acts && meeting.arrived(conversationId) < MOST_ARRIVALS; act += 1) {
    let call = await agent.next(conversationId, 300);
    for (let tries = 0; call === null && tries < 20; tries += 1) {
      // Nobody waits for the agent any more.
      acknowledged.push((await customer.write(`question ${act}`)).messageId);
      call = await agent.next(conversationId, 1_000);
    }
    if (call === null) break;
    const letGo = await meet(meeting, conversationId, call, acknowledged);
    if (random.chance(0.3)) await pause(random.below(APART_MS));
    await letGo();
  }
  return { conversationId, acknowledged };
}

/** The reply and the person's act, at the same moment or nearly so. Gives how the person lets go again. */
async function meet(
  { random, teammate }: Meeting,
  conversationId: string,
  call: Call,
  acknowledged: string[],
): Promise<() => Promise<unknown>> {
  const person = teammate();
  const text = `answer of turn ${call.turn}`;
  const apart = random.pick([0, 0, 1, 2, 3, 5, 8, 13, 20, APART_MS]);
  const isAgentFirst = random.chance(0.5);
  if (isAgentFirst) call.say(text);
  if (apart > 0) await pause(apart);
  const chance = random.next();
  const acted =
    chance < 0.5
      ? person.type(conversationId, true).then(() => () => person.type(conversationId, false))
      : chance < 0.8
        ? person.setAgentReplies(conversationId, false).then(() => () => person.setAgentReplies(conversationId, true))
        : person
            .send(conversationId, 'a person answers', { clientMessageId: crypto.randomUUID(), force: true })
            .then(({ id }) => {
              acknowledged.push(id);
              return () => person.setAgentReplies(conversationId, true);
            });
  if (!isAgentFirst) call.say(text);
  return await acted;
}
