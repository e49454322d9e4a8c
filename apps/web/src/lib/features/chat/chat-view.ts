import type { CustomerServerEvents, CustomerViewMessage } from '@baton/protocol';

export type Typist = Parameters<CustomerServerEvents['typing']>[0]['from'];

/** A message of the customer that the server has not confirmed yet. */
export interface Outgoing {
  clientMessageId: string;
  text: string;
  /** The server refused it for good. */
  refused: boolean;
}

export interface ChatView {
  /** Ascending by `seq`. */
  messages: readonly CustomerViewMessage[];
  outgoing: readonly Outgoing[];
  typing: readonly Typist[];
}

export const EMPTY_CHAT: ChatView = { messages: [], outgoing: [], typing: [] };

/** Messages may come twice, late and out of order; each has one id. What has arrived is no longer outgoing. */
export function receive(view: ChatView, incoming: readonly CustomerViewMessage[]): ChatView {
  const byId = new Map([...view.messages, ...incoming].map((message) => [message.id, message]));
  const messages = [...byId.values()].sort((a, b) => a.seq - b.seq);
  const arrived = new Set(messages.map((message) => message.clientMessageId));
  return { ...view, messages, outgoing: view.outgoing.filter(({ clientMessageId }) => !arrived.has(clientMessageId)) };
}

export function enqueue(view: ChatView, message: Outgoing): ChatView {
  return { ...view, outgoing: [...view.outgoing, message] };
}

export function refuse(view: ChatView, clientMessageId: string): ChatView {
  const outgoing = view.outgoing.map((message) =>
    message.clientMessageId === clientMessageId ? { ...message, refused: true } : message,
  );
  return { ...view, outgoing };
}

export function showTyping(view: ChatView, from: Typist, typing: boolean): ChatView {
  const others = view.typing.filter(({ kind, name }) => kind !== from.kind || name !== from.name);
  return { ...view, typing: typing ? [...others, from] : others };
}

export function nextToSend(view: ChatView): Outgoing | undefined {
  return view.outgoing.find(({ refused }) => !refused);
}

export function lastSeq(view: ChatView): number {
  return view.messages.at(-1)?.seq ?? 0;
}
