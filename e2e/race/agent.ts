import type { ReplyRequest } from '@baton/protocol';
import { answerJson, listen, type Listener } from '../support/listener.ts';

/** One call of the agent, open until `say`. */
export interface Call {
  turn: number;
  say(text: string): void;
}

/** The open calls about one conversation, or the race that waits for the next one. */
interface PendingCalls {
  open: Call[];
  wanted: ((call: Call) => void) | null;
}

/** An agent that answers each call when the race tells it to. */
export class RacingAgent {
  calls = 0;
  aborted = 0;
  readonly #pending = new Map<string, PendingCalls>();
  #listener: Listener | null = null;

  async start(): Promise<string> {
    this.#listener = await listen((body, _request, response) => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what the product sends is tested elsewhere
      const { conversationId, turn } = body as ReplyRequest;
      this.calls += 1;
      response.on('close', () => {
        if (!response.writableFinished) this.aborted += 1;
      });
      const call = { turn, say: (text: string) => answerJson(response, { reply: { text } }) };
      const pending = this.#pendingOf(conversationId);
      if (pending.wanted) pending.wanted(call);
      else pending.open.push(call);
    });
    return this.#listener.url;
  }

  /** The next call about a conversation, or null after `withinMs`. */
  async next(conversationId: string, withinMs: number): Promise<Call | null> {
    const pending = this.#pendingOf(conversationId);
    // Only the newest call is current; the others are aborted.
    const known = pending.open.splice(0).at(-1);
    if (known) return known;
    const { promise, resolve } = Promise.withResolvers<Call | null>();
    pending.wanted = resolve;
    const timer = setTimeout(() => resolve(null), withinMs);
    const call = await promise;
    clearTimeout(timer);
    pending.wanted = null;
    return call;
  }

  /** Answers all open and later calls about a conversation immediately. */
  release(conversationId: string): void {
    const pending = this.#pendingOf(conversationId);
    for (const call of pending.open.splice(0)) call.say('the final answer');
    pending.wanted = (call) => call.say('the final answer');
  }

  forget(conversationId: string): void {
    this.#pending.delete(conversationId);
  }

  async stop(): Promise<void> {
    await this.#listener?.close();
  }

  #pendingOf(conversationId: string): PendingCalls {
    const known = this.#pending.get(conversationId);
    if (known) return known;
    const pending: PendingCalls = { open: [], wanted: null };
    this.#pending.set(conversationId, pending);
    return pending;
  }
}
