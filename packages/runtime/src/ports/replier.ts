import type { Reply, ReplyRequest } from '@baton/protocol';
import type { ReplyJob } from './store.ts';

/** Makes an agent's replies; the server injects it. */
export interface Replier {
  /**
   * A streaming backend passes the whole text so far to `onPartial`. Must stop at once when `signal` aborts.
   * @throws on failure
   */
  reply(job: ReplyJob, request: ReplyRequest, signal: AbortSignal, onPartial: (text: string) => void): Promise<Reply>;
}
