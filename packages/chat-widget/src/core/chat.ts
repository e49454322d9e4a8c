import type { CustomerServerEvents, CustomerViewMessage } from '@baton/protocol';

export type Speaker = Parameters<CustomerServerEvents['typing']>[0]['from'];

/** A message of the customer that the server has not confirmed yet. */
export interface Outgoing {
  clientMessageId: string;
  text: string;
  /** Rises in the order of writing; milliseconds since 1970 unless the clock was set back. */
  writtenAt: number;
  /** The server rejected it for good. Part of the stored form. */
  refused: boolean;
}

/**
 * - `new`: the customer has not written yet, and nothing is connected
 * - `connecting`, `live`, `lost`: the state of the connection
 * - `ended`: the token is no longer valid
 * - `missing`: the chat does not exist, or this page may not show it
 */
export type ChatStatus = 'new' | 'connecting' | 'live' | 'lost' | 'ended' | 'missing';

/** One conversation as its customer sees it. */
export interface Chat {
  status: ChatStatus;
  /** Ascending by `seq`. */
  messages: readonly CustomerViewMessage[];
  /** In the order of writing. */
  outgoing: readonly Outgoing[];
  typing: readonly Speaker[];
  /** The last message of the business that the customer has seen. */
  seenSeq: number;
}

export type ChatEvent =
  | { type: 'connection'; status: ChatStatus }
  /** May come in any order and repeatedly: live, from the history, or as an answer. */
  | { type: 'received'; messages: readonly CustomerViewMessage[] }
  | { type: 'typing'; from: Speaker; typing: boolean }
  | { type: 'written'; message: Outgoing }
  | { type: 'refused'; clientMessageId: string }
  | { type: 'discarded'; clientMessageId: string }
  /** The customer has seen all messages up to this `seq`. */
  | { type: 'seen'; upTo: number }
  /** A new conversation, which sends the unsent messages of the old one. */
  | { type: 'anew' };

const NOBODY: readonly Speaker[] = [];

export const EMPTY_CHAT: Chat = { status: 'new', messages: [], outgoing: [], typing: NOBODY, seenSeq: 0 };

/** Applies an event. Returns the same object if nothing changes. */
export function follow(chat: Chat, event: ChatEvent): Chat {
  switch (event.type) {
    case 'connection': {
      // The server repeats who is typing on each connection, before it is live.
      const typing = event.status === 'live' ? chat.typing : NOBODY;
      return event.status === chat.status && typing === chat.typing ? chat : { ...chat, status: event.status, typing };
    }
    case 'received':
      return received(chat, event.messages);
    case 'typing':
      return shownTyping(chat, event.from, event.typing);
    case 'written':
      return { ...chat, outgoing: [...chat.outgoing, event.message] };
    case 'refused':
      return { ...chat, outgoing: chat.outgoing.map((one) => (isIt(one, event) ? { ...one, refused: true } : one)) };
    case 'discarded':
      return { ...chat, outgoing: chat.outgoing.filter((one) => !isIt(one, event)) };
    case 'seen':
      return event.upTo <= chat.seenSeq ? chat : { ...chat, seenSeq: event.upTo };
    case 'anew':
      return { ...EMPTY_CHAT, outgoing: chat.outgoing };
  }
}

/** The oldest unsent message: sending one at a time keeps the order of writing. */
export function nextToSend(chat: Chat): Outgoing | undefined {
  return chat.outgoing.find(({ refused }) => !refused);
}

export function lastSeq(chat: Chat): number {
  return chat.messages.at(-1)?.seq ?? 0;
}

export function lastSeqOfOthers(chat: Chat): number {
  return chat.messages.findLast(isOfOthers)?.seq ?? 0;
}

/** Others' messages go out in the order of their `seq` (SEND-5), so one number tells which were seen. */
export function unread(chat: Chat): number {
  return chat.messages.filter((message) => isOfOthers(message) && message.seq > chat.seenSeq).length;
}

export function isOfOthers(message: CustomerViewMessage): boolean {
  return message.from.kind !== 'customer';
}

function received(chat: Chat, incoming: readonly CustomerViewMessage[]): Chat {
  const known = new Set(chat.messages.map(({ id }) => id));
  const fresh = incoming.filter(({ id }) => !known.has(id) && known.add(id));
  if (fresh.length === 0) return chat;
  const arrived = new Set(fresh.map(({ clientMessageId }) => clientMessageId));
  return {
    ...chat,
    messages: [...chat.messages, ...fresh].sort((a, b) => a.seq - b.seq),
    outgoing: chat.outgoing.filter(({ clientMessageId }) => !arrived.has(clientMessageId)),
  };
}

function shownTyping(chat: Chat, from: Speaker, on: boolean): Chat {
  const others = chat.typing.filter(({ kind, name }) => kind !== from.kind || name !== from.name);
  return { ...chat, typing: on ? [...others, from] : others };
}

const isIt = (one: Outgoing, { clientMessageId }: { clientMessageId: string }): boolean =>
  one.clientMessageId === clientMessageId;
