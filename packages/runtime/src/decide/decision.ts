import type { ConversationEvent, Ms, Snapshot } from '@baton/conversation';
import type { Cause, Message, Person } from '@baton/protocol';
import type { ClaimedAttempt, Draft, NewMessage, StoredConversation } from '../ports/store.ts';
import type { RejectionCode } from './commands.ts';

/** The input of a decision. Due deadlines are applied already. */
export interface Situation {
  stored: StoredConversation;
  snapshot: Snapshot;
  /** Now, never before the conversation's last event. */
  at: Ms;
  /** The stored message that the command refers to, if any. */
  named: Message | null;
  newId(): string;
}

/** A message gets its `seq` when its event is applied. */
export type UnnumberedMessage = Omit<NewMessage, 'seq'>;

export interface Change {
  event: ConversationEvent;
  message?: UnnumberedMessage;
  /** The attempt that the event claims. */
  claim?: ClaimedAttempt;
}

/** `unchanged`: the conversation already is as the command asks, so no event is needed. */
export type Decision =
  | { kind: 'accepted'; changes: Change[] }
  | { kind: 'unchanged' }
  | {
      kind: 'rejected';
      code: RejectionCode;
      detail?: string;
      /** With `stale_view`: the answer contains the messages after this seq. */
      newerThan?: number;
      /** A late reply's text, kept for teammates (TURN-4). */
      draft?: Pick<Draft, 'turn' | 'text'>;
    };

export const UNCHANGED: Decision = { kind: 'unchanged' };

export const ID_TAKEN = {
  kind: 'rejected',
  code: 'conflict',
  detail: 'somebody else has used this clientMessageId',
} as const satisfies Decision;

export function accept(...changes: Change[]): Decision {
  return { kind: 'accepted', changes };
}

export function byTeammate({ id, name }: Person): Cause {
  return { kind: 'teammate', id, name };
}

export function unnumbered(
  message: Pick<UnnumberedMessage, 'id' | 'author' | 'text' | 'createdAt'> & Partial<UnnumberedMessage>,
): UnnumberedMessage {
  return {
    note: false,
    delivery: null,
    clientMessageId: null,
    externalId: null,
    turn: null,
    epoch: null,
    ...message,
  };
}
