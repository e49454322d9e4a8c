import { createHash } from 'node:crypto';
import type { Database } from '@baton/database';
import { countAttempt, forgetAttempts } from '@baton/database/queries/attempts';
import { isAPIError } from 'better-auth/api';
import { z } from 'zod';
import { Rejection } from '../problems/rejection.ts';
import { ADDRESS_HEADER } from './address-header.ts';

/** All that is offered of better-auth. All its other routes, present and future, stay closed. */
const OFFERED = new Set([
  'POST /api/auth/sign-in/email',
  'POST /api/auth/sign-out',
  'GET /api/auth/get-session',
  'POST /api/auth/change-password',
  'POST /api/auth/revoke-other-sessions',
]);

/** Guesses at one account, from wherever; a right one clears them. */
const ACCOUNT_LIMIT = { max: 20, windowSeconds: 300 };

export interface SignInParts {
  db: Database;
  handler: (request: Request) => Promise<Response>;
}

export async function answerSignIn(parts: SignInParts, request: Request, address: string | null): Promise<Response> {
  const { pathname } = new URL(request.url);
  const route = `${request.method} ${pathname}`;
  if (!OFFERED.has(route)) throw new Rejection('not_found');

  const text = await request.text();
  const account = route.endsWith('/sign-in/email') ? accountOf(text) : null;
  if (account !== null) await spendAttempt(parts.db, account);
  const body = route.endsWith('/change-password') ? endingOtherSessions(text) : text;
  const response = await ask(parts.handler, forward(request, body, address));
  if (account !== null) await forgetAttempts(parts.db, account);
  return withoutTokens(response);
}

async function spendAttempt(db: Database, account: string): Promise<void> {
  const wait = await countAttempt(db, account, ACCOUNT_LIMIT);
  if (wait > 0) throw new Rejection('rate_limited', {}, { 'Retry-After': String(wait) });
}

const signIn = z.object({ email: z.string() });

function accountOf(text: string): string | null {
  const body = signIn.safeParse(parse(text));
  if (!body.success) return null;
  // Hashed, so that any text makes a key of the same size.
  return `account:${createHash('sha256').update(body.data.email.toLowerCase()).digest('hex')}`;
}

/** A new password ends what the old one opened, whether or not the caller asks for it. */
function endingOtherSessions(text: string): string {
  const body = z.record(z.string(), z.unknown()).safeParse(parse(text));
  return body.success ? JSON.stringify({ ...body.data, revokeOtherSessions: true }) : text;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Rejection('malformed_json');
  }
}

/** The same request, with the address that we saw and none that the caller claims. */
function forward(request: Request, body: string, address: string | null): Request {
  const headers = new Headers(request.headers);
  headers.delete('content-length');
  headers.delete(ADDRESS_HEADER);
  if (address !== null) headers.set(ADDRESS_HEADER, address);
  return new Request(request.url, {
    method: request.method,
    headers,
    ...(body === '' ? {} : { body }),
  });
}

async function ask(handler: SignInParts['handler'], request: Request): Promise<Response> {
  try {
    const response = await handler(request);
    if (response.ok) return response;
    throw rejectionOf(response.status, null, response.headers.get('x-retry-after'));
  } catch (error) {
    if (!isAPIError(error) || error.statusCode >= 500) throw error;
    throw rejectionOf(error.statusCode, error.body?.message ?? null, null);
  }
}

function rejectionOf(status: number, detail: string | null, retryAfter: string | null): Rejection {
  const said = detail === null ? {} : { detail };
  if (status === 401) return new Rejection('unauthenticated', said);
  if (status === 403) return new Rejection('bad_origin', said);
  if (status === 404) return new Rejection('not_found');
  if (status === 429) return new Rejection('rate_limited', {}, { 'Retry-After': retryAfter ?? '10' });
  return new Rejection('invalid', { ...said, errors: [] });
}

const answer = z.looseObject({ session: z.looseObject({}).nullish() }).nullable();

/** The cookie is `HttpOnly` so that no script can read the session's token; then no answer may hold it either. */
async function withoutTokens(response: Response): Promise<Response> {
  const text = await response.text();
  const body = text === '' ? null : answer.parse(JSON.parse(text));
  const shown = body && omitToken({ ...body, ...(body.session ? { session: omitToken(body.session) } : {}) });
  const headers = new Headers(response.headers);
  headers.delete('content-length');
  return new Response(JSON.stringify(shown), { status: response.status, headers });
}

function omitToken({ token: _, ...rest }: Record<string, unknown>): Record<string, unknown> {
  return rest;
}
