import { CustomerTyping } from './customer-typing.ts';
import {
  EMPTY_CHAT,
  follow,
  lastSeq,
  lastSeqOfOthers,
  nextToSend,
  type Chat,
  type ChatEvent,
  type ChatStatus,
} from './chat.ts';
import type { Arrival, ChatPorts, CustomerSocket } from './ports.ts';

const RETRY_MS = 2_000;
const MIN_BACKOFF_MS = 500;
const MAX_BACKOFF_MS = 5_000;

/** Synchronises one chat with the server: queue, history and connection. Independent of the browser. */
export class ChatSession {
  readonly #ports: ChatPorts;
  readonly #onChange: (chat: Chat) => void;
  readonly #typing: CustomerTyping;
  #chat: Chat;
  #socket: CustomerSocket | null = null;
  /** Rises with each conversation and at the end, so that late answers to an older one are dropped. */
  #era = 0;
  /** Rises whenever the connection opens or closes. */
  #connection = 0;
  #sending = false;
  /** Opened the current conversation. */
  #token: string | null = null;

  constructor(ports: ChatPorts, onChange: (chat: Chat) => void) {
    this.#ports = ports;
    this.#onChange = onChange;
    this.#typing = new CustomerTyping({ ...ports, report: (typing) => this.#socket?.typing(typing) });
    this.#chat = { ...EMPTY_CHAT, outgoing: ports.memory.outgoing(), seenSeq: ports.memory.seenSeq };
  }

  get chat(): Chat {
    return this.#chat;
  }

  /** Continues where the last page ended. Connects nothing until a new customer writes. */
  start(): void {
    const { token } = this.#ports.memory;
    if (token !== null) this.#connect(token);
    else if (nextToSend(this.#chat)) void this.#arrive();
  }

  /** Queues a message, and sends it once there is a connection. The first message creates the visitor. */
  write(text: string, name = ''): void {
    this.#typing.forget();
    const latest = this.#chat.outgoing.at(-1)?.writtenAt ?? 0;
    const writtenAt = Math.max(this.#ports.now(), latest + 1);
    this.#apply({
      type: 'written',
      message: { clientMessageId: this.#ports.newId(), text, writtenAt, refused: false },
    });
    if (this.#socket) void this.#flush();
    else if (this.#chat.status === 'new') {
      this.#ports.memory.name = name.trim();
      void this.#arrive();
    }
  }

  /** Drops a message that the server rejected. */
  discard(clientMessageId: string): void {
    this.#apply({ type: 'discarded', clientMessageId });
  }

  typed(text: string): void {
    this.#typing.touched(text);
  }

  see(): void {
    this.#apply({ type: 'seen', upTo: lastSeqOfOthers(this.#chat) });
  }

  /** After the end of a chat: opens a new conversation, or the one that another tab has begun. */
  startAnew(): void {
    this.#leave();
    const { memory } = this.#ports;
    if (memory.token === this.#token) memory.token = null;
    this.#apply({ type: 'anew' });
    this.start();
  }

  /** Another tab of this browser has changed the shared memory. */
  syncFromMemory(): void {
    const { token, seenSeq } = this.#ports.memory;
    const { status } = this.#chat;
    if (token === this.#token) this.#apply({ type: 'seen', upTo: seenSeq });
    else if (token !== null && status === 'new') this.#connect(token);
    else if (token !== null && status === 'ended') this.startAnew();
  }

  close(): void {
    this.#leave();
  }

  #leave(): void {
    this.#era += 1;
    this.#connection += 1;
    this.#typing.forget();
    this.#socket?.close();
    this.#socket = null;
    this.#sending = false;
  }

  async #arrive(): Promise<void> {
    const era = this.#era;
    const { memory } = this.#ports;
    this.#become('connecting');
    for (let backoffMs = MIN_BACKOFF_MS; ; backoffMs = Math.min(backoffMs * 2, MAX_BACKOFF_MS)) {
      // Another tab may have created the visitor already.
      const arrival: Arrival =
        memory.token === null ? await this.#ports.createVisitor(memory.name) : { kind: 'token', token: memory.token };
      if (era !== this.#era) return undefined;
      if (arrival.kind === 'missing') return this.#become('missing');
      if (arrival.kind === 'token') {
        memory.token ??= arrival.token;
        return this.#connect(memory.token ?? arrival.token);
      }
      this.#become('lost');
      await new Promise<void>((done) => void this.#ports.after(Math.max(backoffMs, arrival.retryAfterMs), done));
      if (era !== this.#era) return undefined;
    }
  }

  #connect(token: string): void {
    const era = this.#era;
    const ifCurrent =
      <Args extends unknown[]>(listen: (...args: Args) => void) =>
      (...args: Args): void => {
        if (era === this.#era) listen(...args);
      };
    this.#token = token;
    this.#become('connecting');
    this.#socket = this.#ports.connect(token, {
      connected: ifCurrent(() => {
        this.#connection += 1;
        void this.#resume();
      }),
      disconnected: ifCurrent(() => {
        this.#connection += 1;
        this.#typing.forget();
        this.#become('lost');
      }),
      rejected: ifCurrent((status) => this.#become(status)),
      message: ifCurrent((message) => this.#apply({ type: 'received', messages: [message] })),
      typing: ifCurrent((typing) => this.#apply({ type: 'typing', ...typing })),
    });
  }

  async #resume(): Promise<void> {
    const connection = this.#connection;
    const answer = await this.#socket?.history(lastSeq(this.#chat));
    if (connection !== this.#connection) return undefined;
    if (!answer?.ok) {
      return this.#later(async () => (connection === this.#connection ? this.#resume() : undefined));
    }
    this.#apply({ type: 'received', messages: answer.messages });
    this.#become('live');
    return this.#flush();
  }

  async #flush(): Promise<void> {
    if (this.#sending || this.#chat.status !== 'live') return;
    const era = this.#era;
    this.#sending = true;
    for (let next = nextToSend(this.#chat); next && this.#socket; next = nextToSend(this.#chat)) {
      const answer = await this.#socket.send(next.text, next.clientMessageId);
      if (era !== this.#era) return;
      if (answer?.ok) this.#apply({ type: 'received', messages: [answer.message] });
      else if (answer?.problem.status === 422) this.#apply({ type: 'refused', clientMessageId: next.clientMessageId });
      else break;
    }
    this.#sending = false;
    if (nextToSend(this.#chat)) this.#later(() => this.#flush());
  }

  #later(run: () => Promise<void>): void {
    const era = this.#era;
    this.#ports.after(RETRY_MS, () => {
      if (era === this.#era) void run();
    });
  }

  #become(status: ChatStatus): void {
    this.#apply({ type: 'connection', status });
  }

  #apply(event: ChatEvent): void {
    const before = this.#chat;
    this.#chat = follow(before, event);
    if (this.#chat === before) return;
    this.#save(before);
    this.#onChange(this.#chat);
  }

  /** Saves message by message, because other tabs share the storage. */
  #save(before: Chat): void {
    const { memory } = this.#ports;
    const { outgoing, seenSeq } = this.#chat;
    if (seenSeq !== before.seenSeq) memory.seenSeq = seenSeq;
    if (outgoing === before.outgoing) return;
    for (const message of outgoing) if (!before.outgoing.includes(message)) memory.keep(message);
    const left = new Set(outgoing.map(({ clientMessageId }) => clientMessageId));
    for (const { clientMessageId } of before.outgoing) if (!left.has(clientMessageId)) memory.forget(clientMessageId);
  }
}
