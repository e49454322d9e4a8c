import { CHANNEL_SETTINGS } from '@baton/protocol';
import type { ChannelModule } from '../channel-module.ts';

/**
 * Baton's own chat. Its customers read our store: a message marked `sent` is in their history, and the fan-out shows it
 * on open pages. So the mark is the delivery, and sending does nothing.
 */
export const webchat: ChannelModule = {
  kind: 'webchat',
  settings: CHANNEL_SETTINGS.webchat,
  secretSettings: [],
  inbound: null,
  createSender: () => async () => ({ kind: 'listed' }),
};
