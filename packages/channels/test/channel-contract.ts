import { getEventListeners } from 'node:events';
import type { OutgoingMessage } from '@baton/protocol';
import { describe, expect, it } from 'vitest';
import type { Channel, ChannelContext } from '../src/channel.ts';

export const OUTGOING: OutgoingMessage = {
  messageId: '0199aaaa-0000-7000-8000-000000000007',
  conversationId: '0199aaaa-0000-7000-8000-000000000001',
  seq: 4,
  author: { kind: 'agent' },
  text: '¡Hola! 👋',
};

export interface ChannelHarness {
  /** A channel whose receiver takes what it gets. */
  taking(): { channel: Channel; context: ChannelContext };
  /** Ids of the messages that the receiver has, in the order they came; null where it cannot be seen from here. */
  arrived(): string[] | null;
}

const SENT: unknown = expect.stringMatching(/^(sent|listed)$/);

/** What every channel must do. Register inside a `describe`. */
export function channelContract(kind: Channel['kind'], harness: ChannelHarness): void {
  const never = new AbortController().signal;

  describe('the contract of channels', () => {
    it('says its kind, and whether its receiver tells repeated messages', () => {
      const { channel } = harness.taking();
      expect(channel.kind).toBe(kind);
      expect(typeof channel.idempotent).toBe('boolean');
    });

    it('[SEND-2] what the receiver takes is sent', async () => {
      const { channel, context } = harness.taking();
      expect(await channel.send(OUTGOING, context, never)).toMatchObject({ kind: SENT });
      expect(harness.arrived() ?? [OUTGOING.messageId]).toEqual([OUTGOING.messageId]);
    });

    it('[SEND-4] a message that is sent again keeps its id', async () => {
      const { channel, context } = harness.taking();
      const outcomes = [await channel.send(OUTGOING, context, never), await channel.send(OUTGOING, context, never)];
      expect(outcomes[1]).toEqual(outcomes[0]);
      expect(new Set(harness.arrived() ?? [OUTGOING.messageId])).toEqual(new Set([OUTGOING.messageId]));
    });

    it('takes whatever a message may hold', async () => {
      const { channel, context } = harness.taking();
      for (const text of ['x'.repeat(10_000), '👩‍👩‍👧‍👦'.repeat(500), '"\\\u2028</script>\r\n', 'مرحبا']) {
        expect(await channel.send({ ...OUTGOING, text }, context, never)).toMatchObject({ kind: SENT });
      }
    });

    it('changes nothing in what it is given, and leaves no listener behind', async () => {
      const { channel, context } = harness.taking();
      const before = structuredClone({ OUTGOING, context });
      const { signal } = new AbortController();
      await channel.send(OUTGOING, context, signal);
      expect({ OUTGOING, context }).toEqual(before);
      expect(getEventListeners(signal, 'abort')).toEqual([]);
    });

    it('does not reject when it is called off', async () => {
      const { channel, context } = harness.taking();
      const outcome = await channel.send(OUTGOING, context, AbortSignal.abort());
      expect(['sent', 'listed', 'retry']).toContain(outcome.kind);
    });
  });
}
