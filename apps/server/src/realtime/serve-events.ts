import { fieldErrors, makeProblem, type Ack, type Problem } from '@baton/protocol';
import type { z } from 'zod';

/** The events that a client may send, each with its schema. Nothing else gets past. */
export type EventSchemas = Readonly<Record<string, z.ZodType>>;

type AckOf<Listener> = Listener extends (body: never, ack: (answer: infer Answer) => void) => void ? Answer : never;

/** One handler per event; what it resolves to is the acknowledgement. */
export type EventHandlers<Schemas extends EventSchemas, Events> = {
  [Name in keyof Schemas & keyof Events]: (body: z.infer<Schemas[Name]>) => Promise<AckOf<Events[Name]>>;
};

/** What is needed of a socket. */
export interface EventSource {
  onAny(listener: (...args: unknown[]) => void): unknown;
}

export interface ServeOptions<Schemas extends EventSchemas, Events> {
  schemas: Schemas;
  handlers: EventHandlers<Schemas, Events>;
  /** Called before each event; a problem refuses it. */
  refuse: (event: string) => Problem | null;
  /** What a throw is answered with. Of a bug the client learns nothing but that there is one. */
  problemOf: (error: unknown, event: string) => Problem;
}

/**
 * Answers every event of a socket, in the order in which they came: a *stop* never overtakes the start it ends. What is
 * unknown or malformed is answered with a problem, and the connection stays. `idle` resolves when nothing is in hand.
 */
export function serveEvents<Schemas extends EventSchemas, Events>(
  socket: EventSource,
  { schemas, handlers, refuse, problemOf }: ServeOptions<Schemas, Events>,
): { idle: () => Promise<void> } {
  let last: Promise<void> = Promise.resolve();

  async function answer(event: unknown, bodies: unknown[]): Promise<Ack> {
    if (typeof event !== 'string' || !Object.hasOwn(schemas, event)) return refusal(makeProblem('unknown_event'));
    const refused = refuse(event);
    if (refused) return refusal(refused);
    const parsed = schemas[event]?.safeParse(bodies[0]);
    if (!parsed?.success) return refusal(makeProblem('invalid', { errors: parsed ? fieldErrors(parsed.error) : [] }));
    if (bodies.length > 1) return refusal(makeProblem('invalid', { detail: 'one body, and nothing after it' }));
    const handle = handlers[event as keyof typeof handlers] as (body: unknown) => Promise<Ack>;
    return handle(parsed.data);
  }

  socket.onAny((event, ...args) => {
    const ack = typeof args.at(-1) === 'function' ? (args.pop() as (answer: Ack) => void) : null;
    last = last
      .then(() => answer(event, args))
      .catch((error: unknown) => refusal(problemOf(error, String(event).slice(0, 50))))
      .then((reply) => ack?.(reply));
  });

  return { idle: () => last };
}

function refusal(problem: Problem): Ack {
  return { ok: false, problem };
}
