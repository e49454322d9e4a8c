import { getEventListeners } from 'node:events';
import { CHANNEL_SETTINGS, CHANNEL_TRAITS, type OutgoingMessage } from '@baton/protocol';
import { describe, expect, it } from 'vitest';
import type { ChannelModule, SendContext, SendMessage } from '../src/channel-module.ts';
import { channelModules } from '../src/channel-modules.ts';

export const OUTGOING: OutgoingMessage = {
  messageId: '0199aaaa-0000-7000-8000-000000000007',
  conversationId: '0199aaaa-0000-7000-8000-000000000001',
  seq: 4,
  author: { kind: 'agent' },
  text: '¡Hola! 👋',
};

export interface ChannelHarness {
  /** A sender whose receiver takes every message. */
  taking(): { send: SendMessage; context: SendContext };
  /** Ids of the messages that the receiver has, in order of arrival; null where the test cannot see them. */
  arrived(): string[] | null;
}

const SENT: unknown = expect.stringMatching(/^(sent|listed)$/);

/** The contract of every channel. Register inside a `describe`. */
export function channelContract(module: ChannelModule, harness: ChannelHarness): void {
  const never = new AbortController().signal;

  describe('the contract of channels', () => {
    it('stands in the table under its kind, with a form of exactly its settings', () => {
      expect(channelModules[module.kind]).toBe(module);
      const fields = Object.keys(CHANNEL_SETTINGS[module.kind].shape);
      expect(Object.keys(CHANNEL_TRAITS[module.kind].form)).toEqual(fields);
    });

    it('seals exactly the secret fields of its form', () => {
      const fields = Object.entries(CHANNEL_TRAITS[module.kind].form).filter(([, { input }]) => input === 'secret');
      expect(module.secretSettings).toEqual(fields.map(([name]) => name));
    });

    it('rejects unknown settings', () => {
      expect(module.settings.safeParse({ unknown: 1 }).success).toBe(false);
    });

    it('[SEND-2] reports a message as sent once the receiver has it', async () => {
      const { send, context } = harness.taking();
      expect(await send(OUTGOING, context, never)).toMatchObject({ kind: SENT });
      expect(harness.arrived() ?? [OUTGOING.messageId]).toEqual([OUTGOING.messageId]);
    });

    it('[SEND-4] keeps the id of a message that is sent again', async () => {
      const { send, context } = harness.taking();
      const outcomes = [await send(OUTGOING, context, never), await send(OUTGOING, context, never)];
      expect(outcomes[1]).toEqual(outcomes[0]);
      expect(new Set(harness.arrived() ?? [OUTGOING.messageId])).toEqual(new Set([OUTGOING.messageId]));
    });

    it('sends every text that a message may have', async () => {
      const { send, context } = harness.taking();
      for (const text of ['x'.repeat(10_000), '👩‍👩‍👧‍👦'.repeat(500), '"\\\u2028</script>\r\n', 'مرحبا']) {
        expect(await send({ ...OUTGOING, text }, context, never)).toMatchObject({ kind: SENT });
      }
    });

    it('leaves its arguments unchanged and no listener behind', async () => {
      const { send, context } = harness.taking();
      const before = structuredClone({ OUTGOING, context });
      const { signal } = new AbortController();
      await send(OUTGOING, context, signal);
      expect({ OUTGOING, context }).toEqual(before);
      expect(getEventListeners(signal, 'abort')).toEqual([]);
    });

    it('does not reject when it is aborted', async () => {
      const { send, context } = harness.taking();
      const outcome = await send(OUTGOING, context, AbortSignal.abort());
      expect(['sent', 'listed', 'retry']).toContain(outcome.kind);
    });
  });
}
