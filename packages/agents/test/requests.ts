import type { Message, Origin, ReplyRequest } from '@baton/protocol';

const CONVERSATION = '0199aaaa-0000-7000-8000-000000000001';

export function message(seq: number, kind: Origin, text: string): Message {
  return {
    id: `0199aaaa-0000-7000-8000-${String(seq).padStart(12, '0')}`,
    conversationId: CONVERSATION,
    seq,
    author: { kind, id: null, name: kind },
    note: false,
    text,
    createdAt: '2026-01-01T00:00:00.000Z',
    revision: seq,
    delivery: null,
    retrying: false,
    clientMessageId: null,
  };
}

/** A request in which the customer's texts wait for an answer. */
export function requestOf(...texts: string[]): ReplyRequest {
  const waiting = texts.map((text, index) => message(index + 1, 'customer', text));
  return { conversationId: CONVERSATION, turn: 3, waiting, transcript: waiting, facts: [] };
}
