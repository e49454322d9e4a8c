import { deriveLeaf } from './derive.ts';
import { SYSTEM, type ConversationEvent } from './events.ts';
import type { Ms } from './facts.ts';
import { gatheringEndsAt } from './gathering.ts';
import { SCHEMA_VERSION, type Snapshot } from './snapshot.ts';
import { takeEvent } from './take-event.ts';

/** What is to be done once the step is committed: named actions with JSON parameters. */
export type Effect =
  | { type: 'startReply'; params: { turn: number } }
  | { type: 'abortReply'; params: { turn: number } }
  | { type: 'raiseToTeam'; params: { reason: string } };

export interface Step {
  event: ConversationEvent;
  before: Snapshot;
  after: Snapshot;
  effects: Effect[];
}

/**
 * Applies one event, nothing else. An event earlier than the conversation's last one is moved to that time (TIME-1).
 * @throws when the machine has no edge for where the event leads: a bug, never a state of the world
 */
export function step(before: Snapshot, given: ConversationEvent): Step {
  const event = { ...given, at: Math.max(given.at, before.context.lastAt) };
  const next = takeEvent(before.value, before.context, event);
  const leaf = deriveLeaf(next.context);
  if (next.context === before.context || next.leaf !== leaf) {
    throw new Error(`the statechart has no edge from ${before.value} by ${event.type}`);
  }
  const effects = next.actions.flatMap(toEffect);
  return { event, before, after: { schemaVersion: SCHEMA_VERSION, value: leaf, context: next.context }, effects };
}

/** The earliest deadline in the facts, or null: leases, window, gathering, generation, snooze. */
export function nextDeadline({ context: facts }: Snapshot): Ms | null {
  const deadlines = facts.leases.map((lease) => lease.expiresAt);
  if (facts.windowEndsAt !== null) deadlines.push(facts.windowEndsAt);
  if (facts.gathering !== null) deadlines.push(gatheringEndsAt(facts, facts.gathering));
  if (facts.generation !== null) deadlines.push(facts.generation.deadlineAt);
  if (facts.snoozedUntil !== null) deadlines.push(facts.snoozedUntil);
  return deadlines.length === 0 ? null : Math.min(...deadlines);
}

/** Leases whose expiry, as far as the snapshot knows, has come by `at`: ask the database before believing it. */
export function leasesDue({ context }: Snapshot, at: Ms): string[] {
  return context.leases.filter((lease) => lease.expiresAt <= at).map((lease) => lease.id);
}

/**
 * Applies the deadlines due at or before the event as `deadline.passed`, then the event (TIME-1): one or two steps.
 * `renewed` are lease expiries read from the database.
 */
export function advance(snapshot: Snapshot, event: ConversationEvent, renewed: Record<string, Ms> = {}): Step[] {
  const at = Math.max(event.at, snapshot.context.lastAt);
  const deadline = nextDeadline(snapshot);
  if (event.type === 'deadline.passed' || deadline === null || deadline > at) return [step(snapshot, event)];
  const settled = step(snapshot, { type: 'deadline.passed', at, by: SYSTEM, renewed });
  return [settled, step(settled.after, event)];
}

const EFFECTS = new Set<string>(['startReply', 'abortReply', 'raiseToTeam'] satisfies Effect['type'][]);

/** The machine's own actions without what XState hangs on them; `assign` is not among the effects. */
function toEffect({ type, params }: { type: string; params: unknown }): Effect[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the machine's set-up ties each name to its parameters
  return EFFECTS.has(type) ? [{ type, params } as Effect] : [];
}
