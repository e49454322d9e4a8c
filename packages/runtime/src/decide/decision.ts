import type { ConversationEvent, Ms, Snapshot } from '@baton/conversation';
import type { Cause, Message, Person } from '@baton/protocol';
import type { Command, Outcome } from './commands.ts';
import type { ClaimedAttempt, Draft, NewMessage, StoredConversation } from '../ports/store.ts';

/** What a command is decided on. Due deadlines are applied already. */
export interface Situation {
  stored: StoredConversation;
  snapshot: Snapshot;
  /** Now, never before the conversation's last event. */
  at: Ms;
  /** The message that the command names, where it was looked up. */
  named: Message | null;
  newId(): string;
}

/** A message is numbered when its event has been applied. */
export type UnnumberedMessage = Omit<NewMessage, 'seq'>;

export interface Happening {
  event: ConversationEvent;
  message?: UnnumberedMessage;
  /** The attempt that is claimed by it. */
  claim?: ClaimedAttempt;
}

export type RefusalCode = Extract<Outcome, { ok: false }>['code'];

/** What becomes of a command. `nothing`: it is so already, and needs no event. */
export type Decision =
  | { kind: 'happens'; happenings: Happening[] }
  | { kind: 'nothing' }
  | {
      kind: 'rejected';
      code: RefusalCode;
      detail?: string;
      /** With `stale_view`: what is newer than this is told. */
      newerThan?: number;
      /** A late reply's text, kept for teammates (TURN-4). */
      draft?: Pick<Draft, 'turn' | 'text'>;
    };

export type CommandOf<T extends Command['type']> = Extract<Command, { type: T }>;

export const NOTHING: Decision = { kind: 'nothing' };

export function happens(...happenings: Happening[]): Decision {
  return { kind: 'happens', happenings };
}

export function byTeammate({ id, name }: Person): Cause {
  return { kind: 'teammate', id, name };
}

/** A message with what most have not. */
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
