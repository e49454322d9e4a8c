import { createOutboundClient } from '@baton/outbound-http';
import { describe } from 'vitest';
import { webchat } from '../src/webchat/webchat-channel.ts';
import { channelContract } from './channel-contract.ts';

const http = createOutboundClient({ allowPrivateNetwork: false });

describe('the web chat channel', () => {
  channelContract(webchat, {
    taking: () => ({
      send: webchat.createSender({ http, now: Date.now }),
      context: { recipient: 'visitor-1', settings: {}, signingSecret: 'whsec_AAAA' },
    }),
    arrived: () => null,
  });
});
