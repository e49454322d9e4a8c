import type { Refused } from '../../api/request.ts';

/** What went wrong, for people. The server's own words where it says more than the code does. */
export function problemWords({ problem }: Refused): string {
  switch (problem.code) {
    case 'unavailable':
      return 'The server or its database is away. Nothing was lost; try again shortly.';
    case 'forbidden':
      return 'Your role does not allow this.';
    case 'not_found':
      return 'This is not there any more.';
    case 'rate_limited':
      return 'Too much at once. Wait a moment, then try again.';
    case 'conflict':
      return problem.detail ?? 'It has changed meanwhile, and this is not possible any more.';
    case 'invalid':
      return problem.errors?.map(({ path, message }) => `${path} ${message}`).join('; ') ?? problem.title;
    case 'quarantined':
      return 'This conversation is set aside until an operator looks at it.';
    default:
      return problem.detail ?? problem.title;
  }
}
