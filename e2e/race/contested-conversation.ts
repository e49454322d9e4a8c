import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '../../proofs/random.ts';
import type { Api, HttpCustomer } from '../support/api.ts';
import { TAKEOVERS } from './takeovers.ts';
import type { Call, RacingAgent } from './agent.ts';
import { type TakeoverTiming, type Tried, AFTER_THE_TAKEOVER } from './timing.ts';

/** The participants of one conversation. Each request goes to a random node. */
export interface RaceParties {
  agent: RacingAgent;
  customer: HttpCustomer;
  /** A teammate, at any node. */
  teammate(): Api;
  random: Random;
  timing: TakeoverTiming;
  /** Messages that have reached the customer. */
  arrived(conversationId: string): number;
}

/** The record of one conversation, for the judge. */
export interface RacedConversation {
  conversationId: string;
  acknowledged: string[];
  /** Each takeover and its delay. */
  tried: Tried[];
}

/** Below the loop limit of twenty replies in ten minutes (TURN-12). */
const MAX_ARRIVALS = 18;
/** Longer than a busy machine needs to call the agent. */
const MAX_CALL_DELAY_MS = 3_000;

/** A person takes over from the agent again and again, each time in the middle of its reply. */
export async function raceInConversation(parties: RaceParties, acts: number): Promise<RacedConversation> {
  const { agent, customer, arrived } = parties;
  const { conversationId, messageId } = await customer.write('Hello');
  const held: RacedConversation = { conversationId, acknowledged: [messageId], tried: [] };
  for (let act = 1; act <= acts && arrived(conversationId) < MAX_ARRIVALS; act += 1) {
    const call = await agent.next(conversationId, MAX_CALL_DELAY_MS);
    if (call !== null) await takeOverDuringReply(parties, held, call, act < acts);
    else held.acknowledged.push((await customer.write('Is anybody there?')).messageId);
  }
  return held;
}

/** Reply and takeover at nearly the same moment. Then the person hands back while the customer waits. */
async function takeOverDuringReply(
  parties: RaceParties,
  held: RacedConversation,
  call: Call,
  asksAgain: boolean,
): Promise<void> {
  const { random, teammate, customer, timing } = parties;
  const { conversationId, acknowledged } = held;
  const person = teammate();
  const [name, act] = random.pick(Object.entries(TAKEOVERS));
  const moment = timing.next(name, random);
  const say = () => call.say(`answer of turn ${call.turn}`);
  held.tried.push({ act: name, moment });
  if (moment >= 0) say();
  if (moment > 0) await pause(moment);
  const acting = act(conversationId, person, customer);
  if (moment < 0 && moment !== AFTER_THE_TAKEOVER) {
    await pause(-moment);
    say();
  }
  const { messageId, release } = await acting;
  if (messageId !== null) acknowledged.push(messageId);
  // A question asked while a person holds leads to one call right after the hand-back.
  if (asksAgain) acknowledged.push((await customer.write('And then?')).messageId);
  if (moment === AFTER_THE_TAKEOVER) say();
  await release();
}
