import { makeProblem, type ProblemCode } from '@baton/protocol';
import type { ExtendedError } from 'socket.io';

/** Ends a handshake; the client finds the problem in `connect_error`'s `data`. */
export function refuseConnection(code: ProblemCode): ExtendedError {
  return Object.assign(new Error(code), { data: makeProblem(code) });
}
