import type { ProblemCode } from '@baton/protocol';
import type { ExtendedError } from 'socket.io';
import { refuseConnection } from './reject-connection.ts';

/** What is needed of a socket that wants to come in. */
interface Knocking {
  /** What carries it: Socket.IO would let it carry several, of several callers, one after the other or at once. */
  conn: object;
}

export interface DoorOptions<From> {
  /** Null where it may come in. */
  admit: (socket: From) => Promise<ProblemCode | null>;
  onError: (error: unknown) => void;
  most?: number;
}

/** As many as come back at once when another node is stopped, and more than a database that stands still should collect. */
const MOST_AT_THE_DOOR = 10_000;

/**
 * The middleware of a namespace: who may come in. A connection asks once; each further question of it would cost a look into the
 * database that no limit counts. Those that were given up, by Socket.IO after 10 s, count until they have really ended (ADR 201).
 */
export function door<From extends Knocking>({ admit, onError, most = MOST_AT_THE_DOOR }: DoorOptions<From>) {
  const known = new WeakSet<object>();
  let waiting = 0;

  return (socket: From, next: (refused?: ExtendedError) => void): void => {
    if (known.has(socket.conn)) return next(refuseConnection('rate_limited'));
    known.add(socket.conn);
    if (waiting >= most) return next(refuseConnection('unavailable'));
    waiting += 1;
    void admit(socket)
      .catch((error: unknown): ProblemCode => {
        onError(error);
        return 'unavailable';
      })
      .then((refused) => {
        waiting -= 1;
        next(refused === null ? undefined : refuseConnection(refused));
      });
    return undefined;
  };
}
