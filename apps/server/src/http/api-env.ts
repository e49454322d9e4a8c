import type { ChannelDoor } from '@baton/database';
import type { Caller } from '../auth/caller.ts';

/** What a request carries through the middleware. */
export interface ApiEnv {
  Bindings: {
    /** Node's request, when one came over the network; pages call in-process, without one. */
    incoming?: { socket: { remoteAddress?: string | undefined }; complete?: boolean };
  };
  Variables: {
    /** Set behind a `Guard`. */
    caller: Caller;
    /** Set where the outside comes in by a channel. */
    door: ChannelDoor;
    /** Set by a route that waits for something with an end of its own: no sign of a database that is slow. */
    mayTakeLong?: true;
  };
}
