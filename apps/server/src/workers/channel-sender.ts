import { channelKinds, type HttpChannelDeps } from '@baton/channels';
import { type Connections, findOutboundChannel } from '@baton/database';
import type { OutgoingMessage, SendOutcome } from '@baton/protocol';
import { type Sender, type SendJob, StoreUnavailable } from '@baton/runtime';
import { sharedLookup } from '../timing/shared-lookup.ts';

export interface ChannelSenderParts extends HttpChannelDeps, Pick<Connections, 'sql'> {}

/** Hands messages to their channel, by its settings of now. */
export class ChannelSender implements Sender {
  readonly #findOutboundChannel: (workspaceId: string, channelId: string) => ReturnType<typeof findOutboundChannel>;
  readonly #find: ReturnType<typeof channelKinds>;

  constructor({ sql, ...deps }: ChannelSenderParts) {
    this.#findOutboundChannel = sharedLookup((workspaceId, channelId) =>
      findOutboundChannel(sql, workspaceId, channelId),
    );
    this.#find = channelKinds(deps);
  }

  async send(
    job: SendJob,
    outgoing: OutgoingMessage,
    signal: AbortSignal,
    throwIfLate: () => void,
  ): Promise<SendOutcome> {
    const finding = this.#find(job.channelKind);
    if (!finding.ok) return { kind: 'failed', error: finding.detail };
    try {
      const way = await this.#findOutboundChannel(job.key.workspaceId, job.channelId);
      if (!way) return { kind: 'failed', error: 'its channel is not there any more' };
      // A pool that stands still may have kept the answer for long (ADR 199).
      throwIfLate();
      return await finding.channel.send(outgoing, { recipient: job.recipient, ...way }, signal);
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      return { kind: 'unasked', error: 'the database is away' };
    }
  }
}
