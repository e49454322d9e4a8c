import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '../../proofs/random.ts';
import type { Api, HttpCustomer } from '../support/api.ts';
import { ACTS } from './acts.ts';
import type { Call, RacingAgent } from './agent.ts';
import { type Aim, type Tried, WHEN_ALL_IS_OVER } from './aim.ts';

/** Who meets in one conversation. Each is reached at a node of the moment. */
export interface Meeting {
  agent: RacingAgent;
  customer: HttpCustomer;
  /** A teammate, at any node. */
  teammate(): Api;
  random: Random;
  aim: Aim;
  /** Messages that have reached the customer. */
  arrived(conversationId: string): number;
}

/** What happened, for those who judge. */
export interface Duel {
  conversationId: string;
  acknowledged: string[];
  /** What the person did each time, and how long after the reply. */
  tried: Tried[];
}

/** The customer is taken for a machine after twenty replies in ten minutes (TURN-12). */
const MOST_ARRIVALS = 18;
/** Longer than a reply takes to be asked for on a busy machine. */
const CALLED_MS = 3_000;

/** A person takes over from the agent again and again, each time in the middle of its reply. */
export async function duel(meeting: Meeting, acts: number): Promise<Duel> {
  const { agent, customer, arrived } = meeting;
  const { conversationId, messageId } = await customer.write('Hello');
  const held: Duel = { conversationId, acknowledged: [messageId], tried: [] };
  for (let act = 1; act <= acts && arrived(conversationId) < MOST_ARRIVALS; act += 1) {
    const call = await agent.next(conversationId, CALLED_MS);
    if (call !== null) await meet(meeting, held, call, act < acts);
    else held.acknowledged.push((await customer.write('Is anybody there?')).messageId);
  }
  return held;
}

/** The reply and the person's act, at the same moment or nearly so; then the person lets go, while the customer waits. */
async function meet(meeting: Meeting, held: Duel, call: Call, asksAgain: boolean): Promise<void> {
  const { random, teammate, customer, aim } = meeting;
  const { conversationId, acknowledged } = held;
  const person = teammate();
  const [name, act] = random.pick(Object.entries(ACTS));
  const moment = aim.next(name, random);
  const say = () => call.say(`answer of turn ${call.turn}`);
  held.tried.push({ act: name, moment });
  if (moment >= 0) say();
  if (moment > 0) await pause(moment);
  const acting = act(conversationId, person, customer);
  if (moment < 0 && moment !== WHEN_ALL_IS_OVER) {
    await pause(-moment);
    say();
  }
  const { messageId, letGo } = await acting;
  if (messageId !== null) acknowledged.push(messageId);
  // Asked while a person holds, it is answered by one call as soon as nobody does.
  if (asksAgain) acknowledged.push((await customer.write('And then?')).messageId);
  if (moment === WHEN_ALL_IS_OVER) say();
  await letGo();
}
