import type { Person } from '@baton/protocol';
import { type ConversationEvent, SYSTEM } from '../events.ts';
import type { Facts, PendingReply, Rules } from '../facts.ts';
import { LEASE_MS, MAX_RETRIES } from '../limits.ts';
import type { Snapshot } from '../snapshot.ts';
import { AGENT, cause, CUSTOMER, EXTERNAL } from './people.ts';

/**
 * The stated abstraction of the state space: some teammates with one lease each, one waiting message, time in ticks of
 * 2 s, and the rules below. Ids, counters and the history are left out of what tells two states apart: no guard reads
 * them but as fences, which the invariants check on every edge. Counts stop at the highest number that a guard tells apart: questions are none, one or several, because a failed reply returns its question beside a newer one, and failures end at the one after which the agent gives up. That is what makes the space end.
 */
const TICK_MS = 2_000;

export interface Abstraction {
  teammates: Person[];
  /** Rules that may be changed to. */
  rules: Rules[];
  /** Also failing agents, failing deliveries, instructions, echoes and closing. */
  withFaults: boolean;
}

/** Every event that the abstraction knows, in this state. */
export function eventsOf(
  { context: facts }: Snapshot,
  { teammates, rules, withFaults }: Abstraction,
): ConversationEvent[] {
  const at = facts.lastAt;
  const events: ConversationEvent[] = [
    { type: 'deadline.passed', at: at + TICK_MS, by: SYSTEM, renewed: {} },
    { type: 'reply.ready', at, by: AGENT, turn: facts.turn, messageId: `reply ${facts.turn}` },
    { type: 'reply.ready', at, by: AGENT, turn: facts.turn - 1, messageId: 'late' },
    { type: 'reply.handoff', at, by: AGENT, turn: facts.turn, reason: 'asked', messageId: `closing ${facts.turn}` },
  ];
  if (facts.waiting.length === 0) events.push({ type: 'customer.message', at, by: CUSTOMER, messageId: 'question' });
  for (const { messageId, turn } of claimed(facts))
    events.push({ type: 'reply.claimed', at, by: AGENT, turn, messageId });
  if (withFaults) events.push(...faultsOf(facts));
  for (const teammate of teammates) {
    const by = cause(teammate);
    const leaseId = `lease of ${teammate.id}`;
    events.push({ type: 'human.typing', at, by, leaseId, teammate, expiresAt: at + LEASE_MS });
    events.push({ type: 'human.stopped', at, by, leaseIds: [leaseId] });
    events.push({ type: 'human.message', at, by, messageId: 'answer', sentAt: at, answersUpTo: facts.lastSeq });
    events.push({ type: 'replies.disabled', at, by });
    events.push({ type: 'replies.enabled', at, by, instruction: null });
    if (!withFaults) continue;
    events.push({ type: 'human.message', at, by, messageId: 'answer', sentAt: at, answersUpTo: 0 });
    events.push({ type: 'replies.enabled', at, by, instruction: 'be brief' });
  }
  for (const next of rules) events.push({ type: 'rules.changed', at, by: SYSTEM, rules: next });
  return events;
}

function faultsOf(facts: Facts): ConversationEvent[] {
  const at = facts.lastAt;
  const undelivered = claimed(facts).flatMap(({ messageId, turn }) =>
    [true, false].map((retry) => ({ type: 'reply.undelivered' as const, at, by: SYSTEM, turn, messageId, retry })),
  );
  return [
    ...undelivered,
    { type: 'human.message', at, by: EXTERNAL, messageId: 'echo', sentAt: at - TICK_MS, answersUpTo: null },
    { type: 'conversation.closed', at, by: SYSTEM },
    { type: 'message.recorded', at, by: SYSTEM, messageId: 'note', origin: 'teammate', note: true },
    { type: 'reply.ready', at, by: AGENT, turn: facts.turn, messageId: null },
    { type: 'reply.failed', at, by: AGENT, turn: facts.turn, error: 'no answer' },
  ];
}

function claimed(facts: Facts): PendingReply[] {
  return [...facts.pending, facts.closing, facts.inFlight].filter((reply) => reply !== null);
}

/** The key of a state. Times are relative to now and capped beyond the last one that matters. */
export function keyOf({ value, context: facts }: Snapshot): string {
  const { lastAt } = facts;
  const ahead = (time: number | null) => (time === null ? null : (time - lastAt) / TICK_MS);
  const since = (time: number | undefined) => (time === undefined ? null : Math.min(20, (lastAt - time) / TICK_MS));
  const reply = (it: Facts['inFlight']) => it && [noneOneOrSeveral(it.covers), it.epoch === facts.epoch];
  return JSON.stringify([
    value,
    facts.rules.version,
    facts.off?.reason,
    facts.leases.map((lease) => `${lease.id} ${ahead(lease.expiresAt)}`).toSorted((a, b) => a.localeCompare(b)),
    ahead(facts.windowEndsAt),
    facts.windowEndsAt === null ? null : since(facts.lastHuman?.at),
    noneOneOrSeveral(facts.waiting),
    facts.gathering && [since(facts.gathering.since), since(facts.gathering.quietFrom)],
    facts.generation && [ahead(facts.generation.deadlineAt), noneOneOrSeveral(facts.generation.covers)],
    facts.pending.map(reply),
    reply(facts.inFlight),
    reply(facts.closing),
    Math.min(facts.abortsInARow, 3),
    Math.min(facts.failures, MAX_RETRIES + 1),
    facts.retryAt === null || facts.retryAt <= lastAt ? null : ahead(facts.retryAt),
    facts.raised?.reason,
    facts.instruction,
    facts.closed,
  ]);
}

function noneOneOrSeveral(questions: unknown[]): number {
  return Math.min(questions.length, 2);
}
