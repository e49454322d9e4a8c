import type { Ms } from '@baton/conversation';
import type { Conversation, Message, Person } from '@baton/protocol';
import type { ClaimedAttempt } from '../ports/store.ts';

/** A request to change a conversation. `decide` turns it into events, or rejects it. */
export type Command =
  | {
      type: 'receive';
      from: 'customer' | 'business';
      text: string;
      /** Exactly one of the two ids is set: the provider's, or the web chat client's. */
      externalId: string | null;
      clientMessageId: string | null;
      sentAt: Ms | null;
      automated: boolean;
      imported: boolean;
    }
  | {
      type: 'send';
      by: Person;
      text: string;
      clientMessageId: string;
      lastSeenSeq: number | null;
      force: boolean;
      note: boolean;
    }
  /** *Send anyway*: a withheld, failed or uncertain message becomes the teammate's, with a new seq (SEND-3). */
  | { type: 'sendAnyway'; by: Person; messageId: string }
  | { type: 'startTyping'; by: Person; leaseId: string }
  /** Ends these leases, and with `writer` all leases that this writer started on any node. */
  | { type: 'stopTyping'; by: Person; leaseIds: string[]; writer?: string }
  | { type: 'setAgentReplies'; by: Person; enabled: boolean; instruction: string | null; assign: boolean }
  | { type: 'assign'; by: Person; assigneeId: string | null }
  | { type: 'close' | 'reopen'; by: Person }
  | { type: 'snooze'; by: Person; until: Ms }
  | { type: 'replyReady'; turn: number; text: string | null }
  | { type: 'replyHandoff'; turn: number; reason: string; text: string | null }
  /** The text of a reply that was interrupted: a draft for teammates, never sent (TURN-4). */
  | { type: 'replyCutShort'; turn: number; text: string }
  | { type: 'replyFailed'; turn: number; error: string }
  | ({ type: 'claimReply'; turn: number } & ClaimedAttempt)
  /** Applies due deadlines, changed rules, and the news that a reply in flight was not sent. */
  | { type: 'wake' };

export type CommandOf<T extends Command['type']> = Extract<Command, { type: T }>;

export type Outcome =
  | {
      ok: true;
      conversation: Conversation;
      /** The message that the command, or an earlier try of it, created. */
      message: Message | null;
      duplicate: boolean;
    }
  | {
      ok: false;
      /**
       * - `stale_view`: with the newer messages (SEND-7).
       * - `stale_reply`: a reply or claim whose turn or epoch is over.
       * - `conflict`: the message is not in a state that allows it.
       */
      code: 'stale_view' | 'stale_reply' | 'conflict' | 'not_found' | 'quarantined' | 'unavailable' | 'invalid';
      detail?: string;
      messages?: Message[];
    };

export type RejectionCode = Extract<Outcome, { ok: false }>['code'];

/**
 * Did this command's author write the message with the same id? Only then is the command a retry: clients choose their
 * ids, so another author's equal id means nothing (SEND-6).
 */
export function isRetry(command: Command, { author }: Pick<Message, 'author'>): boolean {
  if (command.type === 'send') return author.kind === 'teammate' && author.id === command.by.id;
  if (command.type === 'receive' && command.clientMessageId !== null) return author.kind === 'customer';
  return true;
}
