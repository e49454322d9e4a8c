import type { ChannelKind } from '@baton/protocol';
import type { ChannelModule } from './channel-module.ts';
import { http } from './http/http-channel.ts';
import { webchat } from './webchat/webchat-channel.ts';

/** Every kind of channel that this server has. */
export const channelModules = { http, webchat } satisfies Record<ChannelKind, ChannelModule>;
