import type { ChannelKind } from '@baton/protocol';
import type { Channel } from './channel.ts';
import { httpChannel, type HttpChannelDeps } from './http/http-channel.ts';
import { webchatChannel } from './webchat/webchat-channel.ts';

export type ChannelFinding = { ok: true; channel: Channel } | { ok: false; detail: string };

/** Finds the channel of a kind, or says why there is none. Ask before a channel of that kind is created, too. */
export function channelKinds(deps: HttpChannelDeps): (kind: ChannelKind) => ChannelFinding {
  const available = [httpChannel(deps), webchatChannel()];
  const byKind = new Map(available.map((channel) => [channel.kind, channel]));

  return (kind) => {
    const channel = byKind.get(kind);
    return channel === undefined ? { ok: false, detail: `${kind} is not available yet` } : { ok: true, channel };
  };
}
