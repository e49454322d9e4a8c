import type { IncomingHttpHeaders } from 'node:http';

export interface OutboundResponse {
  ok: true;
  /** Any status but a redirect's. */
  status: number;
  headers: IncomingHttpHeaders;
  /** UTF-8, at most `maxResponseBytes` of it. */
  body: string;
  /** There was more; the connection was closed. */
  truncated: boolean;
}

/**
 * Why there is no answer.
 * - `badUrl`, `forbiddenAddress`: this address is never called; nothing was sent.
 * - `unreachable`: no name, no connection, no TLS; this time nothing was sent.
 * - `broken`: the connection ended after something may have been sent.
 * - `redirect`: it points elsewhere; we do not follow.
 * - `timeout`, `aborted`: we gave up, or were told to.
 */
export type OutboundFailureKind =
  | 'badUrl'
  | 'forbiddenAddress'
  | 'unreachable'
  | 'broken'
  | 'redirect'
  | 'timeout'
  | 'aborted';

export interface OutboundFailure {
  ok: false;
  kind: OutboundFailureKind;
  /** For people: no address, no secret, no body. */
  detail: string;
  /** The request may have reached the other side: now, or on a kept connection that broke before this try. */
  mayHaveArrived: boolean;
  /** The status that came before it went wrong, if one came. */
  status: number | null;
}

export type OutboundResult = OutboundResponse | OutboundFailure;
