import type { CustomerServerEvents, CustomerViewMessage } from '@baton/protocol';

export type Speaker = Parameters<CustomerServerEvents['typing']>[0]['from'];

/** A message of the customer that the server has not confirmed yet. */
export interface Outgoing {
  clientMessageId: string;
  text: string;
  /** Rising in the order of writing, in ms since 1970 where the clock allows it. */
  writtenAt: number;
  /** The server refused it for good. */
  refused: boolean;
}

/**
 * - `new`: nobody has written yet, and nothing is connected
 * - `connecting`, `live`, `lost`: of the connection
 * - `ended`: the token is no longer good
 * - `missing`: there is no such chat, or not for this page
 */
export type ChatStatus = 'new' | 'connecting' | 'live' | 'lost' | 'ended' | 'missing';

/** The customer's side of one conversation, as it is shown. */
export interface Chat {
  status: ChatStatus;
  /** Ascending by `seq`. */
  messages: readonly CustomerViewMessage[];
  /** In the order of writing. */
  outgoing: readonly Outgoing[];
  typing: readonly Speaker[];
  /** The last message of others that the customer has looked at. */
  seenSeq: number;
}

export type ChatEvent =
  | { type: 'connection'; status: ChatStatus }
  /** In any order and as often as it likes: live, from the history, as an answer. */
  | { type: 'received'; messages: readonly CustomerViewMessage[] }
  | { type: 'typing'; from: Speaker; typing: boolean }
  | { type: 'written'; message: Outgoing }
  | { type: 'refused'; clientMessageId: string }
  | { type: 'discarded'; clientMessageId: string }
  /** The customer has looked at everything up to there. */
  | { type: 'seen'; upTo: number }
  /** A new conversation; what was not sent in the old one is sent in this one. */
  | { type: 'anew' };

const NOBODY: readonly Speaker[] = [];

export const EMPTY_CHAT: Chat = { status: 'new', messages: [], outgoing: [], typing: NOBODY, seenSeq: 0 };

/** What an event makes of a chat. Returns the same object where it changes nothing. */
export function follow(chat: Chat, event: ChatEvent): Chat {
  switch (event.type) {
    case 'connection': {
      // Who is typing is told anew on connection, before it is live.
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

/** The oldest that waits: one after the other, so that they arrive in the order of writing. */
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
    // What has arrived is no longer outgoing.
    outgoing: chat.outgoing.filter(({ clientMessageId }) => !arrived.has(clientMessageId)),
  };
}

function shownTyping(chat: Chat, from: Speaker, on: boolean): Chat {
  const others = chat.typing.filter(({ kind, name }) => kind !== from.kind || name !== from.name);
  return { ...chat, typing: on ? [...others, from] : others };
}

const isIt = (one: Outgoing, { clientMessageId }: { clientMessageId: string }): boolean =>
  one.clientMessageId === clientMessageId;
