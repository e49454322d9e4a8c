import { fieldErrors, makeProblem, type Ack, type Problem } from '@baton/protocol';
import type { z } from 'zod';
import { LONGEST_ANSWER_MS } from '../../http/middleware/limit-load.ts';

/** An event that a client may send: from a body of any shape, and whoever sent it, to its acknowledgement. */
export type ServedEvent<From, Answer extends Ack = Ack> = (body: unknown, from: From) => Promise<Answer>;

type AckOf<Listener> = Listener extends (body: never, ack: (answer: infer Answer) => void) => void ? Answer : never;

/** All that a client may send, by name. Nothing else gets past. */
export type ServedEvents<Events, From> = {
  [Name in keyof Events]: ServedEvent<From, Extract<AckOf<Events[Name]>, Ack>>;
};

type Refusal = Extract<Ack, { ok: false }>;

/** Only bodies that fit the schema are handled. */
export function served<Schema extends z.ZodType, From, Answer extends Ack>(
  schema: Schema,
  handle: (body: z.infer<Schema>, from: From) => Promise<Answer>,
): ServedEvent<From, Answer | Refusal> {
  return async (body, from) => {
    const parsed = schema.safeParse(body);
    return parsed.success
      ? handle(parsed.data, from)
      : refusal(makeProblem('invalid', { errors: fieldErrors(parsed.error) }));
  };
}

/** What is needed of a socket. */
export interface EventSource {
  onAny(listener: (...args: unknown[]) => void): unknown;
}

export interface ServeOptions<From> {
  events: Record<string, ServedEvent<From>>;
  /** Called before each event; a problem refuses it. */
  refuse: (event: string, from: From) => Problem | null;
  /** What a throw is answered with. Of a bug the client learns nothing but that there is one. */
  problemOf: (error: unknown, event: string) => Problem;
  /** After so long without an answer the answer is `unavailable`. */
  longestAnswerMs?: number | undefined;
}

/** Events of one connection that wait for their turn, the one that has it included. More than its bucket gives at once. */
export const MOST_IN_HAND = 100;

/**
 * Gives what answers every event of a socket, in the order in which they came: a *stop* never overtakes the start it ends.
 * What is unknown or malformed is answered with a problem, and the connection stays. An event that was given up is still
 * handled in its turn: what it did stands, and whatever comes after it comes after it (ADR 201). The function it returns
 * resolves when nothing is in hand. All sockets share the handlers: thousands wait, and each copy would wait with them.
 */
export function serveEvents<From extends EventSource>({
  events,
  refuse,
  problemOf,
  longestAnswerMs = LONGEST_ANSWER_MS,
}: ServeOptions<From>) {
  const known = new Map(Object.entries(events));

  async function answer(socket: From, event: unknown, bodies: unknown[]): Promise<Ack> {
    const serve = typeof event === 'string' ? known.get(event) : undefined;
    if (!serve) return refusal(makeProblem('unknown_event'));
    const refused = refuse(String(event), socket);
    if (refused) return refusal(refused);
    if (bodies.length > 1) return refusal(makeProblem('invalid', { detail: 'one body, and nothing after it' }));
    return serve(bodies[0], socket);
  }

  return (socket: From): (() => Promise<void>) => {
    let last = NOTHING_IN_HAND;
    let inHand = 0;
    socket.onAny((event, ...args) => {
      const end = args.at(-1);
      const ack = isAck(end) ? end : null;
      const bodies = ack ? args.slice(0, -1) : args;
      if (inHand >= MOST_IN_HAND) return ack?.(refusal(TOO_MANY));
      inHand += 1;
      const say = atTheLatest(longestAnswerMs, (reply) => ack?.(reply));
      last = last
        .then(() => answer(socket, event, bodies))
        .catch((error: unknown) => refusal(problemOf(error, String(event).slice(0, 50))))
        .then((reply) => {
          inHand -= 1;
          say(reply);
        });
      return undefined;
    });
    return () => last;
  };
}

const NOTHING_IN_HAND: Promise<void> = Promise.resolve();
const TOO_MANY = makeProblem('rate_limited', { detail: `At most ${MOST_IN_HAND} events wait for their answer` });

/** Says what it is given first; where that takes too long, that it is `unavailable`, and then nothing more. */
function atTheLatest(ms: number, say: (reply: Ack) => void): (reply: Ack) => void {
  let isSaid = false;
  const once = (reply: Ack): void => {
    if (!isSaid) say(reply);
    isSaid = true;
    clearTimeout(timer);
  };
  const timer = setTimeout(() => once(refusal(makeProblem('unavailable'))), ms);
  return once;
}

/** The parser makes functions of nothing but requests for an answer. */
function isAck(value: unknown): value is (answer: Ack) => void {
  return typeof value === 'function';
}

function refusal(problem: Problem): Refusal {
  return { ok: false, problem };
}
