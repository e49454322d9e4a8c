import { describe } from 'vitest';
import { webchatChannel } from '../src/webchat/webchat-channel.ts';
import { channelContract } from './channel-contract.ts';

describe('the web chat channel', () => {
  channelContract('webchat', {
    taking: () => ({
      channel: webchatChannel(),
      context: { recipient: 'visitor-1', settings: {}, signingSecret: 'whsec_AAAA' },
    }),
    arrived: () => null,
  });
});
