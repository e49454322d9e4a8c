import { fieldErrors, makeProblem, type Ack, type Problem } from '@baton/protocol';
import type { z } from 'zod';

/** An event that a client may send: from a body of any shape to its acknowledgement. */
export type ServedEvent<Answer extends Ack = Ack> = (body: unknown) => Promise<Answer>;

type AckOf<Listener> = Listener extends (body: never, ack: (answer: infer Answer) => void) => void ? Answer : never;

/** All that a client may send, by name. Nothing else gets past. */
export type ServedEvents<Events> = {
  [Name in keyof Events]: ServedEvent<Extract<AckOf<Events[Name]>, Ack>>;
};

type Refusal = Extract<Ack, { ok: false }>;

/** Only bodies that fit the schema are handled. */
export function served<Schema extends z.ZodType, Answer extends Ack>(
  schema: Schema,
  handle: (body: z.infer<Schema>) => Promise<Answer>,
): ServedEvent<Answer | Refusal> {
  return async (body) => {
    const parsed = schema.safeParse(body);
    return parsed.success
      ? handle(parsed.data)
      : refusal(makeProblem('invalid', { errors: fieldErrors(parsed.error) }));
  };
}

/** What is needed of a socket. */
export interface EventSource {
  onAny(listener: (...args: unknown[]) => void): unknown;
}

export interface ServeOptions {
  events: Record<string, ServedEvent>;
  /** Called before each event; a problem refuses it. */
  refuse: (event: string) => Problem | null;
  /** What a throw is answered with. Of a bug the client learns nothing but that there is one. */
  problemOf: (error: unknown, event: string) => Problem;
}

/**
 * Answers every event of a socket, in the order in which they came: a *stop* never overtakes the start it ends. What is
 * unknown or malformed is answered with a problem, and the connection stays. `idle` resolves when nothing is in hand.
 */
export function serveEvents(
  socket: EventSource,
  { events, refuse, problemOf }: ServeOptions,
): { idle: () => Promise<void> } {
  const known = new Map(Object.entries(events));
  let last: Promise<void> = Promise.resolve();

  async function answer(event: unknown, bodies: unknown[]): Promise<Ack> {
    const serve = typeof event === 'string' ? known.get(event) : undefined;
    if (!serve) return refusal(makeProblem('unknown_event'));
    const refused = refuse(String(event));
    if (refused) return refusal(refused);
    if (bodies.length > 1) return refusal(makeProblem('invalid', { detail: 'one body, and nothing after it' }));
    return serve(bodies[0]);
  }

  socket.onAny((event, ...args) => {
    const end = args.at(-1);
    const ack = isAck(end) ? end : null;
    const bodies = ack ? args.slice(0, -1) : args;
    last = last
      .then(() => answer(event, bodies))
      .catch((error: unknown) => refusal(problemOf(error, String(event).slice(0, 50))))
      .then((reply) => ack?.(reply));
  });

  return { idle: () => last };
}

/** The parser makes functions of nothing but requests for an answer. */
function isAck(value: unknown): value is (answer: Ack) => void {
  return typeof value === 'function';
}

function refusal(problem: Problem): Refusal {
  return { ok: false, problem };
}
