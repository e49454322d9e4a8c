import type { InboundChannel } from '@baton/database';
import type { Caller } from '../auth/caller.ts';

/** Bindings and variables of a request. */
export interface ApiEnv {
  Bindings: {
    /** Node's request. Absent when a page calls in-process. */
    incoming?: { socket: { remoteAddress?: string | undefined }; complete?: boolean };
  };
  Variables: {
    /** Set behind a `Guard`. */
    caller: Caller;
    /** Set for requests to a channel. */
    door: InboundChannel;
    /** Set by a route whose work has its own timeout, so that a long answer does not count as a slow database. */
    mayTakeLong?: true;
  };
}
