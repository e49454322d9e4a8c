// Apart from the schemas, so that a page that only names problems is not made to carry them.

/** Stable codes of everything that can go wrong, with the HTTP status each is answered with (RFC 9457). */
export const PROBLEMS = {
  malformed_json: [400, 'The body is not JSON'],
  unauthenticated: [401, 'Sign in first'],
  forbidden: [403, 'Your role does not allow this'],
  bad_origin: [403, 'This origin is not allowed'],
  not_found: [404, 'There is nothing here'],
  method_not_allowed: [405, 'This address does not take that method'],
  stale_view: [409, 'There is something newer than what you have seen'],
  conflict: [409, 'It is no longer in a state that allows this'],
  too_large: [413, 'The body is too large'],
  invalid: [422, 'Some fields are not valid'],
  unknown_event: [422, 'There is no such event'],
  rate_limited: [429, 'Too many requests'],
  internal: [500, 'Something went wrong on our side'],
  quarantined: [503, 'This conversation is on hold after an error until an owner releases it'],
  unavailable: [503, 'The database is away; nothing was lost, try again shortly'],
} as const satisfies Record<string, readonly [status: number, title: string]>;

export type ProblemCode = keyof typeof PROBLEMS;
