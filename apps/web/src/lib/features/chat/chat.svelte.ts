import type { Ack } from '@baton/protocol';
import { untilReachable } from '../../api/until-reachable.ts';
import type { Refused } from '../../api/request.ts';
import { createVisitor } from '../../api/visitors.ts';
import { connectCustomer } from '../../realtime/customer-socket.ts';
import type { CustomerSocket } from '../../realtime/customer-socket.ts';
import { newClientMessageId } from '../composer/client-message-id.ts';
import { TypingReporter } from '../composer/typing-reporter.ts';
import { EMPTY_CHAT, enqueue, lastSeq, nextToSend, receive, refuse, showTyping } from './chat-view.ts';
import type { ChatView } from './chat-view.ts';
import type { VisitorStore } from './visitor-store.ts';

/**
 * - `new`: nobody has written yet
 * - `connecting`, `live`, `lost`: of the connection
 * - `ended`: the token is no longer good
 * - `missing`: there is no such chat
 */
export type ChatStatus = 'new' | 'connecting' | 'live' | 'lost' | 'ended' | 'missing';

const AGAIN_MS = 2_000;

/** The customer's side of one conversation. */
export class ChatState {
  view = $state.raw<ChatView>(EMPTY_CHAT);
  status = $state<ChatStatus>('new');
  readonly #channelId: string;
  readonly #store: VisitorStore;
  readonly #typing: TypingReporter;
  readonly #closed = new AbortController();
  #socket: CustomerSocket | null = null;
  #sending = false;

  constructor(channelId: string, store: VisitorStore) {
    this.#channelId = channelId;
    this.#store = store;
    this.#typing = new TypingReporter({
      now: () => performance.now(),
      report: (typing) => this.#socket?.typing(typing),
    });
    this.view = { ...EMPTY_CHAT, outgoing: store.outgoing };
    if (store.token !== null) this.#connect(store.token);
    else if (store.outgoing.length > 0) void this.#arrive('');
  }

  write(text: string): void {
    this.#typing.touched(text);
  }

  setFocused(focused: boolean): void {
    this.#typing.setFocused(focused);
  }

  tick(): void {
    this.#typing.tick();
  }

  /** Queued at once, and sent as soon as there is a connection. The first message makes the visitor. */
  send(text: string, name: string): void {
    this.#typing.stop();
    this.#show(enqueue(this.view, { clientMessageId: newClientMessageId(), text, refused: false }));
    if (this.#socket) void this.#flush();
    else if (this.status === 'new') void this.#arrive(name);
  }

  /** After the chat has ended: a new conversation. */
  startAnew(): void {
    this.#socket?.close();
    this.#socket = null;
    this.#store.token = null;
    // What was not sent in the old conversation is sent in the new one.
    this.view = { ...EMPTY_CHAT, outgoing: this.view.outgoing };
    this.status = 'new';
    if (this.view.outgoing.length > 0) void this.#arrive('');
  }

  close(): void {
    this.#closed.abort();
    this.#typing.stop();
    this.#socket?.close();
  }

  async #arrive(name: string): Promise<void> {
    this.status = 'connecting';
    const { signal } = this.#closed;
    const answer = await untilReachable(
      () => createVisitor(this.#channelId, name),
      signal,
      () => (this.status = 'lost'),
    );
    if (signal.aborted) return;
    if (!answer.ok) {
      if (isForGood(answer)) this.status = 'missing';
      else this.#waitFor(() => this.#arrive(name));
      return;
    }
    this.#store.token = answer.data.token;
    this.#connect(answer.data.token);
  }

  #connect(token: string): void {
    this.status = 'connecting';
    this.#socket = connectCustomer(token, {
      connected: () => void this.#resume(),
      disconnected: () => {
        this.status = 'lost';
        this.view = { ...this.view, typing: [] };
      },
      refused: () => (this.status = 'ended'),
      message: (message) => this.#show(receive(this.view, [message])),
      typing: ({ from, typing }) => this.#show(showTyping(this.view, from, typing)),
    });
  }

  async #resume(): Promise<void> {
    const answer = await this.#socket?.history(lastSeq(this.view));
    if (answer?.ok) this.#show(receive(this.view, answer.messages));
    else if (answer) return this.#later(() => this.#resume());
    else return undefined;
    this.status = 'live';
    this.#typing.resume();
    return this.#flush();
  }

  /** One after the other, so that they arrive in the order of writing. */
  async #flush(): Promise<void> {
    if (this.#sending || this.status !== 'live') return;
    this.#sending = true;
    for (let next = nextToSend(this.view); next && this.#socket; next = nextToSend(this.view)) {
      const answer: Ack<{ message: ChatView['messages'][number] }> | null = await this.#socket.send(
        next.text,
        next.clientMessageId,
      );
      if (answer?.ok) this.#show(receive(this.view, [answer.message]));
      else if (answer?.problem.status === 422) this.#show(refuse(this.view, next.clientMessageId));
      else break;
    }
    this.#sending = false;
    if (nextToSend(this.view)) this.#later(() => this.#flush());
  }

  /** Too many at once, or trouble on the server's side: what was written waits. */
  #waitFor(act: () => Promise<void>): void {
    this.status = 'lost';
    this.#later(act);
  }

  #later(act: () => Promise<void>): void {
    setTimeout(() => {
      if (!this.#closed.signal.aborted) void act();
    }, AGAIN_MS);
  }

  #show(view: ChatView): void {
    this.view = view;
    this.#store.outgoing = view.outgoing;
  }
}

function isForGood({ problem: { code, status } }: Refused): boolean {
  return status < 500 && code !== 'rate_limited';
}
