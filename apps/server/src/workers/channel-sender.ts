import { channelKinds, type HttpChannelDeps } from '@baton/channels';
import { findWayOut } from '@baton/database/queries/channels';
import { isUnavailable } from '@baton/database';
import type { Queryable } from '@baton/database/queries/queryable';
import type { OutgoingMessage, SendOutcome } from '@baton/protocol';
import type { Sender, SendJob } from '@baton/runtime';

export interface ChannelSenderParts extends HttpChannelDeps {
  db: Queryable;
}

/** Hands messages to their channel, by its settings of now. */
export class ChannelSender implements Sender {
  readonly #db: Queryable;
  readonly #find: ReturnType<typeof channelKinds>;

  constructor({ db, ...deps }: ChannelSenderParts) {
    this.#db = db;
    this.#find = channelKinds(deps);
  }

  async send(job: SendJob, outgoing: OutgoingMessage, signal: AbortSignal): Promise<SendOutcome> {
    const finding = this.#find(job.channelKind);
    if (!finding.ok) return { kind: 'failed', error: finding.detail };
    try {
      const way = await findWayOut(this.#db, job.key.workspaceId, job.channelId);
      if (!way) return { kind: 'failed', error: 'its channel is not there any more' };
      return await finding.channel.send(outgoing, { recipient: job.recipient, ...way }, signal);
    } catch (error) {
      if (!isUnavailable(error)) throw error;
      return { kind: 'retry', error: 'the database is away', retryAfterMs: null, mayHaveArrived: false };
    }
  }
}
