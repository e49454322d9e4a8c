import type { ConversationEvent } from './events.ts';
import type { Ms } from './facts.ts';
import type { Snapshot } from './snapshot.ts';

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
export declare function step(snapshot: Snapshot, event: ConversationEvent): Step;

/** The earliest deadline in the facts, or null: leases, window, gathering, generation, snooze. */
export declare function nextDeadline(snapshot: Snapshot): Ms | null;

/** Leases whose expiry, as far as the snapshot knows, has come by `at`: ask the database before believing it. */
export declare function leasesDue(snapshot: Snapshot, at: Ms): string[];

/**
 * Applies the deadlines due at or before the event as `deadline.passed`, then the event (TIME-1): one or two steps.
 * `renewed` are lease expiries read from the database.
 */
export declare function advance(snapshot: Snapshot, event: ConversationEvent, renewed?: Record<string, Ms>): Step[];
