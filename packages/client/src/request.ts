import { PROBLEMS, type Problem, type ProblemCode } from '@baton/protocol';

/** The body of a successful response, or the problem. `retryAfterMs` is set if the server asked the client to wait. */
export type Answer<T> = { ok: true; data: T } | Rejected;
export interface Rejected {
  ok: false;
  problem: Problem;
  retryAfterMs: number | null;
}

export interface RequestOptions {
  body?: unknown;
  query?: object;
  signal?: AbortSignal;
  /** Instead of the client's timeout, for requests that may rightly take long. */
  timeoutMs?: number;
}

export interface ClientOptions {
  /** Origin of the server, without a path. Default: the origin of the page. */
  baseUrl?: string;
  /** An API key, or the inbound secret of a channel. Default: the session cookie. */
  token?: string;
  /** Requests without an answer after this time answer `unavailable`. Default 15 000. */
  timeoutMs?: number;
}

/** Sends one request. Never throws: an unreachable server answers `unavailable`, like one without its database. */
export type SendRequest = (method: string, path: string, options?: RequestOptions) => Promise<Answer<unknown>>;

const DEFAULT_TIMEOUT_MS = 15_000;

export function requestSender({ baseUrl = '', token, timeoutMs = DEFAULT_TIMEOUT_MS }: ClientOptions): SendRequest {
  return async (method, path, options = {}) => {
    const timeout = AbortSignal.timeout(options.timeoutMs ?? timeoutMs);
    try {
      const response = await fetch(`${baseUrl}${path}${queryString(options.query)}`, {
        method,
        headers: {
          accept: 'application/json',
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        body: options.body === undefined ? undefined : JSON.stringify(options.body),
        credentials: 'same-origin',
        signal: options.signal ? AbortSignal.any([options.signal, timeout]) : timeout,
      });
      if (!response.ok) return { ok: false, problem: await problemOf(response), retryAfterMs: retryAfterMs(response) };
      const text = await response.text();
      return { ok: true, data: text === '' ? undefined : JSON.parse(text) };
    } catch {
      return { ok: false, problem: problem('unavailable'), retryAfterMs: null };
    }
  };
}

function queryString(query: object = {}): string {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) given.set(name, String(value));
  return given.size === 0 ? '' : `?${given.toString()}`;
}

/** A proxy in between may answer without a problem document; the status then decides. */
async function problemOf(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => null);
  if (isProblem(body)) return body;
  return problem(response.status >= 502 && response.status <= 504 ? 'unavailable' : codeOf(response.status));
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'code' in value && 'title' in value;
}

function codeOf(status: number): ProblemCode {
  const codes: Record<number, ProblemCode> = {
    401: 'unauthenticated',
    403: 'forbidden',
    404: 'not_found',
    429: 'rate_limited',
  };
  return codes[status] ?? 'internal';
}

function problem(code: ProblemCode): Problem {
  const [status, title] = PROBLEMS[code];
  return { type: 'about:blank', status, code, title };
}

function retryAfterMs(response: Response): number | null {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds * 1_000 : null;
}
