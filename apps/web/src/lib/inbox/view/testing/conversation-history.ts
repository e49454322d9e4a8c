import type { Conversation, Message } from '@baton/protocol';
import type { InboxEvent } from '../inbox-view.ts';

export const CONVERSATION_ID = '0198c0de-0000-7000-8000-000000000001';

/** The visible changes of a conversation. */
export type Change = { kind: 'message' } | { kind: 'delivery'; pick: number } | { kind: 'state' };

/** The server's side: a conversation that raises its revision with every visible change and keeps all versions. */
export class ConversationHistory {
  readonly versions: { conversation: Conversation; messages: Message[] }[] = [];

  constructor(changes: readonly Change[]) {
    this.versions.push({ conversation: conversationOf({ revision: 1, lastSeq: 0 }), messages: [] });
    for (const change of changes) this.#apply(change);
  }

  get now(): { conversation: Conversation; messages: Message[] } {
    return this.versions.at(-1)!;
  }

  /** The frames of one commit. */
  publication(index: number): InboxEvent[] {
    const { conversation, messages } = this.versions[index]!;
    const changed = messages.filter((message) => message.revision === conversation.revision);
    return [
      ...changed.map((message): InboxEvent => ({ type: 'message', message })),
      { type: 'conversation', conversation },
    ];
  }

  watched(index: number, afterSeq: number | undefined): InboxEvent {
    const { conversation, messages } = this.versions[index]!;
    const newer = messages.filter((message) => message.seq > (afterSeq ?? 0)).slice(-5);
    return {
      type: 'watched',
      conversation,
      messages: newer,
      presence: { conversationId: CONVERSATION_ID, people: [] },
    };
  }

  caughtUp(index: number, sinceRevision: number, afterSeq: number | null): InboxEvent {
    const { conversation, messages } = this.versions[index]!;
    const wanted = messages.filter(
      (message) => message.revision > sinceRevision || (afterSeq !== null && message.seq > afterSeq),
    );
    return { type: 'caughtUp', conversation, messages: wanted, sinceRevision };
  }

  #apply(change: Change): void {
    const { conversation, messages } = this.now;
    const revision = conversation.revision + 1;
    if (change.kind === 'message') {
      const message = messageOf({ seq: conversation.lastSeq + 1, revision });
      this.versions.push({
        conversation: { ...conversation, revision, lastSeq: message.seq, lastMessage: message },
        messages: [...messages, message],
      });
      return;
    }
    const picked = change.kind === 'delivery' && messages.length > 0 ? change.pick % messages.length : -1;
    this.versions.push({
      conversation: { ...conversation, revision, version: conversation.version + 1 },
      messages: messages.map((message, index) =>
        index === picked ? { ...message, revision, delivery: message.delivery === 'sent' ? 'read' : 'sent' } : message,
      ),
    });
  }
}

export function conversationOf(fields: Partial<Conversation>): Conversation {
  return {
    id: CONVERSATION_ID,
    channelId: '0198c0de-0000-7000-8000-00000000000c',
    agentId: '0198c0de-0000-7000-8000-00000000000a',
    customer: { id: 'customer', name: 'Ada' },
    state: 'agentActive',
    stateSince: '2026-01-01T00:00:00.000Z',
    holder: { kind: 'agent' },
    agentReplies: true,
    reason: null,
    reasonBy: null,
    resumesAt: null,
    waitingSince: null,
    status: 'open',
    snoozedUntil: null,
    assigneeId: null,
    version: 1,
    revision: 1,
    lastSeq: 0,
    lastMessage: null,
    ...fields,
  };
}

export function messageOf(fields: Partial<Message> & { seq: number }): Message {
  return {
    id: `message-${fields.seq}`,
    conversationId: CONVERSATION_ID,
    author: { kind: 'customer', id: null, name: 'Ada' },
    note: false,
    text: `text ${fields.seq}`,
    createdAt: '2026-01-01T00:00:00.000Z',
    revision: 1,
    delivery: null,
    retrying: false,
    clientMessageId: null,
    ...fields,
  };
}
