import type { ChannelDeps, ChannelModule, ChannelModules, SendMessage, SettingsSeal } from '@baton/channels';
import { type Connections, findOutboundChannel } from '@baton/database';
import type { OutgoingMessage, SendOutcome } from '@baton/protocol';
import { type Sender, type SendJob, StoreUnavailable } from '@baton/runtime';
import { sharedLookup } from '../timing/shared-lookup.ts';

export interface ChannelSenderParts extends ChannelDeps, Pick<Connections, 'sql'> {
  channels: ChannelModules;
  seal: SettingsSeal;
}

/** Sends each message through the module of its channel, with the channel's current settings. */
export class ChannelSender implements Sender {
  readonly #findOutboundChannel: (workspaceId: string, channelId: string) => ReturnType<typeof findOutboundChannel>;
  readonly #senders: ReadonlyMap<string, SendMessage>;

  constructor({ sql, channels, seal, ...deps }: ChannelSenderParts) {
    this.#findOutboundChannel = sharedLookup((workspaceId, channelId) =>
      findOutboundChannel(sql, workspaceId, channelId),
    );
    const modules = Object.values(channels).filter((module) => module !== undefined);
    this.#senders = new Map(modules.map((module) => [module.kind, withOpenSettings(module, deps, seal)]));
  }

  async send(
    job: SendJob,
    outgoing: OutgoingMessage,
    signal: AbortSignal,
    throwIfLate: () => void,
  ): Promise<SendOutcome> {
    const send = this.#senders.get(job.channelKind);
    if (!send) return { kind: 'failed', error: `this server has no channel of the kind ${job.channelKind}` };
    try {
      const channel = await this.#findOutboundChannel(job.key.workspaceId, job.channelId);
      if (!channel) return { kind: 'failed', error: 'its channel no longer exists' };
      // A stalled pool may have kept the answer for long (ADR 5).
      throwIfLate();
      return await send(outgoing, { recipient: job.recipient, ...channel }, signal);
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      return { kind: 'unasked', error: 'the database is unavailable' };
    }
  }
}

function withOpenSettings(module: ChannelModule, deps: ChannelDeps, seal: SettingsSeal): SendMessage {
  const send = module.createSender(deps);
  return (outgoing, context, signal) =>
    send(outgoing, { ...context, settings: seal.open(context.settings, module.secretSettings) }, signal);
}
