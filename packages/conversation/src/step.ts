import { deriveLeaf } from './derive.ts';
import { SYSTEM, type ConversationEvent } from './events.ts';
import type { Ms } from './facts.ts';
import { gatheringEndsAt } from './gathering.ts';
import { reduce } from './reduce.ts';
import { SCHEMA_VERSION, type Snapshot } from './snapshot.ts';
import { takeEvent } from './take-event.ts';

/** Work of the runtime, due once the step is committed. */
export interface Effect {
  type: 'startReply' | 'abortReply';
  /** The turn of the generation that starts, or is aborted. */
  turn: number;
}

export interface Step {
  event: ConversationEvent;
  before: Snapshot;
  after: Snapshot;
  effects: Effect[];
}

/**
 * Applies one event without looking at deadlines. An event earlier than the last one gets the time of that (TIME-1).
 * @throws where machine and derivation disagree on the leaf: a bug, which must not be stored
 */
export function step(before: Snapshot, given: ConversationEvent): Step {
  const event = { ...given, at: Math.max(given.at, before.context.lastAt) };
  const { context, leaf, actions } = takeEvent(before.value, before.context, {
    type: event.type,
    after: reduce(before.context, event),
  });
  const derived = deriveLeaf(context);
  if (context === before.context || leaf !== derived) {
    throw new Error(`the statechart goes from ${before.value} by ${event.type} to ${leaf}, its facts say ${derived}`);
  }
  const after = { schemaVersion: SCHEMA_VERSION, value: derived, context };
  return { event, before, after, effects: actions.flatMap((action) => toEffect(action, before, after)) };
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

/** Leases that are due at `at` as far as the snapshot knows; the database may have renewed them. */
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

function toEffect(action: string, before: Snapshot, after: Snapshot): Effect[] {
  if (action !== 'startReply' && action !== 'abortReply') return [];
  const { context } = action === 'startReply' ? after : before;
  return [{ type: action, turn: context.generation?.turn ?? context.turn }];
}
