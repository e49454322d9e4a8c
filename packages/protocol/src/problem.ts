import { z } from 'zod';
import { PROBLEMS } from './problem-code.ts';
import type { ProblemCode } from './problem-code.ts';

export const fieldError = z.object({ path: z.string(), message: z.string() });
export type FieldError = z.infer<typeof fieldError>;

/** `application/problem+json`. Never carries a stack, SQL or another tenant's data. */
export const problem = z
  .object({
    type: z.string().default('about:blank'),
    status: z.int(),
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Object.keys forgets what it knows of the keys
    code: z.enum(Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]]),
    title: z.string(),
    detail: z.string().optional(),
    /** Only with `invalid`. */
    errors: z.array(fieldError).optional(),
    /** Only with `stale_view`: the messages that are newer. */
    messages: z.array(z.unknown()).optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof problem>;

export function makeProblem(
  code: ProblemCode,
  extra: Partial<Pick<Problem, 'detail' | 'errors' | 'messages'>> = {},
): Problem {
  const [status, title] = PROBLEMS[code];
  return { type: 'about:blank', status, code, title, ...extra };
}

/** The fields of a failed parse, in a form that people can read. */
export function fieldErrors(error: z.ZodError): FieldError[] {
  return error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }));
}
