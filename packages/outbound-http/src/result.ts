import type { IncomingHttpHeaders } from 'node:http';

export interface OutboundResponse {
  ok: true;
  /** Any status but a redirect's. */
  status: number;
  headers: IncomingHttpHeaders;
  /** UTF-8, at most `maxResponseBytes` of it. */
  body: string;
  /** The body was longer; the connection is closed. */
  truncated: boolean;
}

/**
 * Why there is no answer.
 * - `badUrl`, `forbiddenAddress`: such an address is never called; nothing was sent.
 * - `unreachable`: name look-up, connection or TLS failed; nothing was sent.
 * - `broken`: the connection ended after bytes may have been sent.
 * - `redirect`: the answer is a redirect, which is not followed.
 * - `timeout`, `aborted`: the time limit passed, or the caller aborted.
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
  /** For people. Contains no address, secret or body. */
  detail: string;
  /** The request may have reached the other side, now or on a reused connection that broke before this attempt. */
  mayHaveArrived: boolean;
  /** The status, if it came before the failure. */
  status: number | null;
}

export type OutboundResult = OutboundResponse | OutboundFailure;
