import type { CustomerViewMessage } from '@baton/protocol';
import type { Outgoing } from '../src/core/chat.ts';
import type { ChatPorts, CustomerSocket, CustomerSocketListener, VisitorMemory } from '../src/core/ports.ts';

/** A browser's storage: it outlives pages, and tabs share it. */
export class Memory implements VisitorMemory {
  token: string | null = null;
  name = '';
  seenSeq = 0;
  readonly #queue = new Map<string, Outgoing>();

  outgoing(): Outgoing[] {
    return [...this.#queue.values()].toSorted((a, b) => a.writtenAt - b.writtenAt);
  }
  keep(message: Outgoing): void {
    this.#queue.set(message.clientMessageId, message);
  }
  forget(clientMessageId: string): void {
    this.#queue.delete(clientMessageId);
  }
}

/** A pending event: an answer, a frame or a timer. The test decides when it happens, and in which order. */
interface Later {
  /** Events of one connection stay in order, as in a WebSocket; null for timers. */
  line: Line | null;
  act(): void;
}

interface Line {
  listener: CustomerSocketListener;
  isUp: boolean;
  isClosed: boolean;
  asked: Set<(answer: null) => void>;
}

/** As on the server, the history also has messages that went out late. */
const LOOK_BACK = 50;

type Ask = { text: string; clientMessageId: string } | { afterSeq: number };

/** Server, network and clock of one conversation, driven by the test. */
export class ChatServer {
  readonly messages: CustomerViewMessage[] = [];
  /** Texts that the server rejects for good. */
  readonly refuses: (text: string) => boolean;
  visitors = 0;
  isUp = true;
  /** Queued messages, which the customer does not see yet. */
  readonly #held: CustomerViewMessage[] = [];
  #later: Later[] = [];
  #lines: Line[] = [];
  #now = 0;
  #ids = 0;

  constructor(refuses: (text: string) => boolean = () => false) {
    this.refuses = refuses;
  }

  ports(memory: VisitorMemory): ChatPorts {
    return {
      memory,
      newId: () => `c${(this.#ids += 1)}`,
      now: () => this.#now,
      after: (_ms, act) => {
        const later = { line: null, act };
        this.#later.push(later);
        return () => (this.#later = this.#later.filter((one) => one !== later));
      },
      createVisitor: () =>
        new Promise((answer) => {
          this.#later.push({
            line: null,
            act: () => {
              if (!this.isUp) return answer({ kind: 'away', retryAfterMs: 0 });
              this.visitors += 1;
              return answer({ kind: 'token', token: `visitor ${this.visitors}` });
            },
          });
        }),
      connect: (_token, listener) => this.#connect(listener),
    };
  }

  /** A person of the business writes. The message gets its `seq` at once, and is visible once it has gone out. */
  say(text: string): void {
    const message = this.#store({ kind: 'agent', name: 'Robin' }, text, null);
    this.#held.push(message);
    // Messages leave in order (SEND-5), whichever one this names.
    this.#later.push({ line: null, act: () => this.#show(this.#held.shift()) });
  }

  /** A request times out: its answer is ignored. */
  timeOut(): void {
    for (const { asked } of this.#lines) {
      const [first] = asked;
      if (!first) continue;
      asked.delete(first);
      first(null);
    }
  }

  /** The connection breaks, and everything in transit is lost. */
  cut(): void {
    this.isUp = false;
    for (const line of this.#lines) this.#drop(line);
  }

  get pending(): number {
    return this.#later.length;
  }

  /** One of the possible next events happens. */
  async happen(choice: number): Promise<void> {
    // Each connection delivers in order; timers and requests come in any order.
    const first = this.#later.filter(
      (later) => later.line === null || this.#later.find((one) => one.line === later.line) === later,
    );
    const chosen = first[choice % first.length];
    if (!chosen) return;
    this.#now += 1;
    this.#later = this.#later.filter((later) => later !== chosen);
    chosen.act();
    await settled();
  }

  #connect(listener: CustomerSocketListener): CustomerSocket {
    const line: Line = { listener, isUp: false, isClosed: false, asked: new Set() };
    this.#lines.push(line);
    this.#dial(line);
    const ask = <Answer>(what: Ask): Promise<Answer | null> =>
      line.isUp
        ? new Promise((resolve) => this.#ask(line, what, resolve as (answer: unknown) => void))
        : Promise.resolve(null);
    return {
      send: (text, clientMessageId) => ask({ text, clientMessageId }),
      history: (afterSeq) => ask({ afterSeq }),
      typing: () => {},
      close: () => {
        line.isClosed = true;
        this.#drop(line);
      },
    };
  }

  #dial(line: Line): void {
    this.#later.push({
      line: null,
      act: () => {
        if (line.isClosed || line.isUp) return;
        if (!this.isUp) return this.#dial(line);
        line.isUp = true;
        return line.listener.connected();
      },
    });
  }

  #drop(line: Line): void {
    this.#later = this.#later.filter((later) => later.line !== line);
    if (!line.isUp) return;
    line.isUp = false;
    for (const answer of line.asked) answer(null);
    line.asked.clear();
    if (line.isClosed) return;
    line.listener.disconnected();
    this.#dial(line);
  }

  /** Request, then answer: a break in between loses the answer to a request that took effect. */
  #ask(line: Line, what: Ask, resolve: (answer: unknown) => void): void {
    line.asked.add(resolve);
    this.#later.push({
      line,
      act: () => {
        const answer = this.#answer(what);
        this.#later.push({
          line,
          act: () => {
            line.asked.delete(resolve);
            resolve(answer);
          },
        });
      },
    });
  }

  #answer(what: Ask): unknown {
    if ('afterSeq' in what) {
      const from = what.afterSeq - LOOK_BACK;
      return { ok: true, messages: this.messages.filter((one) => one.seq > from && !this.#held.includes(one)) };
    }
    if (this.refuses(what.text)) return { ok: false, problem: { status: 422 } };
    const known = this.messages.find(({ clientMessageId }) => clientMessageId === what.clientMessageId);
    if (known) return { ok: true, message: known };
    const message = this.#store({ kind: 'customer', name: 'Ada' }, what.text, what.clientMessageId);
    this.#show(message);
    return { ok: true, message };
  }

  #store(from: CustomerViewMessage['from'], text: string, clientMessageId: string | null): CustomerViewMessage {
    const seq = this.messages.length + 1;
    const message = { id: `m${seq}`, seq, from, text, createdAt: new Date(seq * 1_000).toISOString(), clientMessageId };
    this.messages.push(message);
    return message;
  }

  #show(message: CustomerViewMessage | undefined): void {
    if (!message) return;
    for (const line of this.#lines) {
      if (line.isUp) this.#later.push({ line, act: () => line.listener.message(message) });
    }
  }
}

/** Resolves once all pending promises have run. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}
