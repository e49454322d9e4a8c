import { createOutboundClient } from '@baton/outbound-http';
import { channelKind } from '@baton/protocol';
import { describe, expect, it } from 'vitest';
import { channelKinds } from '../src/channel-kinds.ts';

describe('kinds of channels', () => {
  const find = channelKinds({ http: createOutboundClient({ allowPrivateNetwork: false }), now: Date.now });

  it.each(['http', 'webchat'] as const)('%s is there', (kind) => {
    expect(find(kind)).toMatchObject({ ok: true, channel: { kind, idempotent: true } });
  });

  it.each(['whatsapp', 'telegram', 'email'] as const)('%s is refused in words', (kind) => {
    expect(find(kind)).toEqual({ ok: false, detail: `${kind} is not available yet` });
  });

  it('every kind of the interface is one or the other', () => {
    expect(channelKind.options.map((kind) => typeof find(kind).ok)).not.toContain('undefined');
  });
});
