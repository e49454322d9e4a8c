import type { Ms } from '@baton/conversation';
import type { Conversation, Message, Person } from '@baton/protocol';
import type { ClaimedAttempt } from '../ports/store.ts';

/** What the outside asks of a conversation. The actor decides which event it becomes, or refuses it. */
export type Command =
  | {
      type: 'receive';
      from: 'customer' | 'business';
      text: string;
      /** One of both: the provider's id, or the web chat client's. */
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
  /** `writer`: besides those, all leases that this writer has begun, on whichever node. */
  | { type: 'stopTyping'; by: Person; leaseIds: string[]; writer?: string }
  | { type: 'setAgentReplies'; by: Person; enabled: boolean; instruction: string | null; assign: boolean }
  | { type: 'assign'; by: Person; assigneeId: string | null }
  | { type: 'close' | 'reopen'; by: Person }
  | { type: 'snooze'; by: Person; until: Ms }
  | { type: 'replyReady'; turn: number; text: string | null }
  | { type: 'replyHandoff'; turn: number; reason: string; text: string | null }
  /** What the agent had produced when its ground went: a draft for teammates, and never sent (TURN-4). */
  | { type: 'replyCutShort'; turn: number; text: string }
  | { type: 'replyFailed'; turn: number; error: string }
  | ({ type: 'claimReply'; turn: number } & ClaimedAttempt)
  /** Applies what is due: deadlines, rules that changed, and that a reply in flight did not go out. */
  | { type: 'wake' };

export type Outcome =
  | {
      ok: true;
      conversation: Conversation;
      /** The message that the command made, or the one an earlier try had made. */
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
