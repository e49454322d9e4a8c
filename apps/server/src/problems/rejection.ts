import { makeProblem, type Problem, type ProblemCode } from '@baton/protocol';

/** How a handler says no: thrown inside `http/`, answered as a problem by `answerError`. */
export class Refusal extends Error {
  readonly problem: Problem;
  readonly headers: Record<string, string>;

  constructor(code: ProblemCode, extra: Parameters<typeof makeProblem>[1] = {}, headers: Record<string, string> = {}) {
    super(code);
    this.problem = makeProblem(code, extra);
    this.headers = headers;
  }
}

/** The thing itself, or 404: what is foreign and what is not there look the same (SEE-5). */
export function found<T>(thing: T | null | undefined): T {
  if (thing === null || thing === undefined) throw new Refusal('not_found');
  return thing;
}

/** A single field of a well-formed body that means nothing here. */
export function invalidField(path: string, message: string): Refusal {
  return new Refusal('invalid', { errors: [{ path, message }] });
}
