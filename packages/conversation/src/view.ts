import type { ConversationState, Holder, Person, SilenceReason } from '@baton/protocol';
import type { Ms } from './facts.ts';
import type { Snapshot } from './snapshot.ts';

/** What is stored in columns and shown to people, all derived from the snapshot. */
export interface ConversationView {
  state: ConversationState;
  holder: Holder;
  agentReplies: boolean;
  reason: SilenceReason | null;
  reasonBy: Person | null;
  resumesAt: Ms | null;
  waitingSince: Ms | null;
  status: 'open' | 'snoozed' | 'closed';
  snoozedUntil: Ms | null;
  assigneeId: string | null;
  lastSeq: number;
  turn: number;
  /** The fence: null while people hold. */
  agentEpoch: number | null;
  closingSeq: number | null;
  /** Set while a reply is being made: the durable work of the workers. */
  generation: { turn: number; startedAt: Ms; deadlineAt: Ms } | null;
}

export declare function view(snapshot: Snapshot): ConversationView;

/** Has another person's or the agent's message gone out, or been queued, after `lastSeenSeq` (SEND-7)? */
export declare function isStale(snapshot: Snapshot, authorId: string, lastSeenSeq: number): boolean;
