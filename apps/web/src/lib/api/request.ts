import { PROBLEMS } from '@baton/protocol';
import type { Problem, ProblemCode } from '@baton/protocol';

/** What the server said: the data, or why not. `retryAfterMs` where it asked for patience. */
export type Answer<T> = { ok: true; data: T } | Refused;
export interface Refused {
  ok: false;
  problem: Problem;
  retryAfterMs: number | null;
}

export interface RequestOptions {
  body?: unknown;
  query?: Record<string, string | number | undefined>;
  signal?: AbortSignal;
  /** For what may rightly take long: instead of 15 s. */
  answerWithinMs?: number;
}

/** A server that keeps silent for longer is away. */
const ANSWER_WITHIN_MS = 15_000;

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * One call of the API with the session's cookie. Never throws: a server that cannot be reached is `unavailable`, like
 * one whose database is away.
 */
export async function request<T>(method: Method, path: string, options: RequestOptions = {}): Promise<Answer<T>> {
  const { body, query, signal, answerWithinMs = ANSWER_WITHIN_MS } = options;
  try {
    const response = await fetch(address(path, query), {
      method,
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: 'same-origin',
      signal: signal
        ? AbortSignal.any([signal, AbortSignal.timeout(answerWithinMs)])
        : AbortSignal.timeout(answerWithinMs),
    });
    if (response.ok) return { ok: true, data: await read<T>(response) };
    return { ok: false, problem: await problemOf(response), retryAfterMs: retryAfterMs(response) };
  } catch {
    return { ok: false, problem: problem('unavailable'), retryAfterMs: null };
  }
}

export function isAway(answer: Refused): boolean {
  return answer.problem.code === 'unavailable';
}

function address(path: string, query: RequestOptions['query'] = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  const search = new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)]));
  return search.size === 0 ? path : `${path}?${search}`;
}

/** Our own server of the same build answers in the shapes of the protocol; what has no content is undefined. */
async function read<T>(response: Response): Promise<T> {
  const text = await response.text();
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- trusted, not parsed again: schemas would weigh more than the inbox
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

async function problemOf(response: Response): Promise<Problem> {
  const said: unknown = await response.json().catch(() => null);
  if (isProblem(said)) return said;
  return problem(response.status >= 502 && response.status <= 504 ? 'unavailable' : codeOf(response.status));
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'code' in value && 'title' in value;
}

function codeOf(status: number): ProblemCode {
  const known: Record<number, ProblemCode> = {
    401: 'unauthenticated',
    403: 'forbidden',
    404: 'not_found',
    429: 'rate_limited',
  };
  return known[status] ?? 'internal';
}

function problem(code: ProblemCode): Problem {
  const [status, title] = PROBLEMS[code];
  return { type: 'about:blank', status, code, title };
}

function retryAfterMs(response: Response): number | null {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds * 1_000 : null;
}
