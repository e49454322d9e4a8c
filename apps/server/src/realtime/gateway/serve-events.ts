import { fieldErrors, makeProblem, type Ack, type Problem } from '@baton/protocol';
import type { z } from 'zod';
import { MAX_ANSWER_MS } from '../../problems/answer-limit.ts';

/** Handles one client event: takes a body of any shape and the socket, and returns the acknowledgement. */
export type EventHandler<From, Answer extends Ack = Ack> = (body: unknown, from: From) => Promise<Answer>;

type AckOf<Listener> = Listener extends (body: never, ack: (answer: infer Answer) => void) => void ? Answer : never;

/** One handler for every event that a client may send. */
export type EventHandlers<Events, From> = {
  [Name in keyof Events]: EventHandler<From, Extract<AckOf<Events[Name]>, Ack>>;
};

type Rejection = Extract<Ack, { ok: false }>;

/** Validates the body before it calls `handle`. */
export function validated<Schema extends z.ZodType, From, Answer extends Ack>(
  schema: Schema,
  handle: (body: z.infer<Schema>, from: From) => Promise<Answer>,
): EventHandler<From, Answer | Rejection> {
  return async (body, from) => {
    const parsed = schema.safeParse(body);
    return parsed.success
      ? handle(parsed.data, from)
      : rejection(makeProblem('invalid', { errors: fieldErrors(parsed.error) }));
  };
}

/** The part of a socket that `serveEvents` needs. */
export interface EventSource {
  onAny(listener: (...args: unknown[]) => void): unknown;
}

export interface ServeOptions<From> {
  handlers: Record<string, EventHandler<From>>;
  /** Called before each event. A problem rejects the event. */
  check: (event: string, from: From) => Problem | null;
  /** The answer to a throw. For a bug it must reveal nothing else. */
  problemOf: (error: unknown, event: string) => Problem;
  /** Events without an answer by then are answered with `unavailable`. */
  maxAnswerMs?: number | undefined;
}

/** Events of one connection in the queue, the running one included. More than its rate limit allows at once. */
export const MAX_QUEUED_EVENTS = 100;

/**
 * Returns a function that serves all events of a socket, one at a time in their order of arrival, so a *stop* never overtakes
 * its start. Unknown and malformed events get a problem, and the connection stays open. An event that ran out of time still
 * runs to its end in its turn (ADR 11). All sockets share the handlers to save memory.
 *
 * The inner function returns another one that resolves once all events received so far are answered.
 */
export function serveEvents<From extends EventSource>({
  handlers,
  check,
  problemOf,
  maxAnswerMs = MAX_ANSWER_MS,
}: ServeOptions<From>) {
  const known = new Map(Object.entries(handlers));

  async function answer(socket: From, event: unknown, bodies: unknown[]): Promise<Ack> {
    const handler = typeof event === 'string' ? known.get(event) : undefined;
    if (!handler) return rejection(makeProblem('unknown_event'));
    const problem = check(String(event), socket);
    if (problem) return rejection(problem);
    if (bodies.length > 1) return rejection(makeProblem('invalid', { detail: 'one body, and nothing after it' }));
    return handler(bodies[0], socket);
  }

  return (socket: From): (() => Promise<void>) => {
    let last = NOTHING_QUEUED;
    let queued = 0;
    socket.onAny((event, ...args) => {
      const end = args.at(-1);
      const ack = isAck(end) ? end : null;
      const bodies = ack ? args.slice(0, -1) : args;
      if (queued >= MAX_QUEUED_EVENTS) return ack?.(rejection(TOO_MANY));
      queued += 1;
      const reply = withinTime(maxAnswerMs, (given) => ack?.(given));
      last = last
        .then(() => answer(socket, event, bodies))
        .catch((error: unknown) => rejection(problemOf(error, String(event).slice(0, 50))))
        .then((given) => {
          queued -= 1;
          reply(given);
        });
      return undefined;
    });
    return () => last;
  };
}

const NOTHING_QUEUED: Promise<void> = Promise.resolve();
const TOO_MANY = makeProblem('rate_limited', { detail: `At most ${MAX_QUEUED_EVENTS} events wait for their answer` });

/** Sends the first answer; `unavailable` if none arrives within `ms`. */
function withinTime(ms: number, send: (answer: Ack) => void): (answer: Ack) => void {
  let isSent = false;
  const once = (answer: Ack): void => {
    if (!isSent) send(answer);
    isSent = true;
    clearTimeout(timer);
  };
  const timer = setTimeout(() => once(rejection(makeProblem('unavailable'))), ms);
  return once;
}

/** Socket.IO's parser creates functions only for acknowledgements. */
function isAck(value: unknown): value is (answer: Ack) => void {
  return typeof value === 'function';
}

function rejection(problem: Problem): Rejection {
  return { ok: false, problem };
}
