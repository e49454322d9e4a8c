import { makeProblem, type ProblemCode } from '@baton/protocol';
import type { ExtendedError } from 'socket.io';

interface PendingSocket {
  /** The underlying connection. Socket.IO would let it carry several sockets, of several callers. */
  conn: object;
}

export interface AdmissionOptions<From> {
  /** Null if the socket may connect. */
  admit: (socket: From) => Promise<ProblemCode | null>;
  onError: (error: unknown) => void;
  maxPending?: number;
}

/** As many connections return at once when another node stops. A stalled database should not collect more. */
const MAX_PENDING_ADMISSIONS = 10_000;

/**
 * Socket.IO middleware that admits or rejects sockets. Each connection may ask once, because no rate limit counts its database
 * reads. A socket that Socket.IO gave up after 10 s counts as pending until its check has ended (ADR 11).
 */
export function admissionMiddleware<From extends PendingSocket>({
  admit,
  onError,
  maxPending = MAX_PENDING_ADMISSIONS,
}: AdmissionOptions<From>) {
  const seen = new WeakSet<object>();
  let pending = 0;

  return (socket: From, next: (rejection?: ExtendedError) => void): void => {
    if (seen.has(socket.conn)) return next(rejectionOf('rate_limited'));
    seen.add(socket.conn);
    if (pending >= maxPending) return next(rejectionOf('unavailable'));
    pending += 1;
    void admit(socket)
      .catch((error: unknown): ProblemCode => {
        onError(error);
        return 'unavailable';
      })
      .then((code) => {
        pending -= 1;
        next(code === null ? undefined : rejectionOf(code));
      });
    return undefined;
  };
}

/** Ends a handshake. The client finds the problem in the `data` of `connect_error`. */
function rejectionOf(code: ProblemCode): ExtendedError {
  return Object.assign(new Error(code), { data: makeProblem(code) });
}
