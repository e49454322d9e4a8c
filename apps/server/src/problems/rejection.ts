import { makeProblem, type Problem, type ProblemCode } from '@baton/protocol';

/** A handler throws it to reject a request or a socket event. The client gets its problem. */
export class Rejection extends Error {
  readonly problem: Problem;
  readonly headers: Record<string, string>;

  constructor(code: ProblemCode, extra: Parameters<typeof makeProblem>[1] = {}, headers: Record<string, string> = {}) {
    super(code);
    this.problem = makeProblem(code, extra);
    this.headers = headers;
  }
}

/** Returns the value or rejects with 404: foreign and missing things look the same (SEE-5). */
export function found<T>(thing: T | null | undefined): T {
  if (thing === null || thing === undefined) throw new Rejection('not_found');
  return thing;
}

/** Rejects one field of a well-formed body. */
export function invalidField(path: string, message: string): Rejection {
  return new Rejection('invalid', { errors: [{ path, message }] });
}
