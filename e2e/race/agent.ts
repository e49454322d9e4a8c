import type { ReplyRequest } from '@baton/protocol';
import { answerJson, listen, type Listener } from '../support/listener.ts';

/** One call of the agent: it thinks until `say`. */
export interface Call {
  turn: number;
  say(text: string): void;
}

/** The calls about one conversation that nobody has taken yet, or who waits for one. */
interface Place {
  open: Call[];
  wanted: ((call: Call) => void) | null;
}

/** An agent whose every call is in the hands of whoever races against it. */
export class RacingAgent {
  calls = 0;
  aborted = 0;
  readonly #places = new Map<string, Place>();
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
      const place = this.#placeOf(conversationId);
      if (place.wanted) place.wanted(call);
      else place.open.push(call);
    });
    return this.#listener.url;
  }

  /** The next call about a conversation, or null after `withinMs`. */
  async next(conversationId: string, withinMs: number): Promise<Call | null> {
    const place = this.#placeOf(conversationId);
    // Of several the newest: the others are aborted.
    const known = place.open.splice(0).at(-1);
    if (known) return known;
    const { promise, resolve } = Promise.withResolvers<Call | null>();
    place.wanted = resolve;
    const timer = setTimeout(() => resolve(null), withinMs);
    const call = await promise;
    clearTimeout(timer);
    place.wanted = null;
    return call;
  }

  /** Whatever is asked about it from now on is answered at once. */
  release(conversationId: string): void {
    const place = this.#placeOf(conversationId);
    for (const call of place.open.splice(0)) call.say('the last word');
    place.wanted = (call) => call.say('the last word');
  }

  forget(conversationId: string): void {
    this.#places.delete(conversationId);
  }

  async stop(): Promise<void> {
    await this.#listener?.close();
  }

  #placeOf(conversationId: string): Place {
    const known = this.#places.get(conversationId);
    if (known) return known;
    const place: Place = { open: [], wanted: null };
    this.#places.set(conversationId, place);
    return place;
  }
}
