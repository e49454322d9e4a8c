import { type ChannelModule, matchesSecret, typedSender } from '@baton/channels';
import { type ChannelKind, webAddress } from '@baton/protocol';
import { z } from '@hono/zod-openapi';

const settings = z.strictObject({ callbackUrl: webAddress, token: z.string() });
const body = z.object({ update: z.object({ id: z.string(), from: z.string(), text: z.string() }).nullable() });

/** A channel in one module: its updates carry a message or nothing, and its receiver answers each message with an id. */
export const sample: ChannelModule = {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only this test has the kind
  kind: 'sample' as string as ChannelKind,
  settings,
  secretSettings: ['token'],
  inbound: {
    path: 'sample',
    operationId: 'receiveSampleUpdate',
    summary: 'Receive an update of a sample channel',
    description: 'Send the inbound secret in the header `x-sample-secret`.',
    isBearer: false,
    body,
    answer: z.object({ stored: z.int() }),
    verify: (request, channel) => matchesSecret(request.header('x-sample-secret') ?? '', channel.inboundSecretHash),
    read({ update }: z.output<typeof body>) {
      if (update === null) return [];
      const customer = { externalId: update.from, name: null };
      const { id: externalId, text } = update;
      return [{ from: 'customer', customer, externalId, text, sentAt: null, automated: false, imported: false }];
    },
    reply: (receipts) => ({ stored: receipts.length }),
  },
  createSender: ({ http }) =>
    typedSender(settings, async ({ messageId, text }, { recipient, settings: { callbackUrl, token } }, signal) => {
      const result = await http.post(
        {
          url: callbackUrl,
          headers: { 'content-type': 'application/json', 'x-token': token },
          body: JSON.stringify({ to: recipient, messageId, text }),
          timeoutMs: 5_000,
          maxResponseBytes: 1_024,
        },
        signal,
      );
      if (result.ok) return { kind: 'sent', providerId: messageId };
      const { detail: error, mayHaveArrived } = result;
      return { kind: 'retry', error, retryAfterMs: null, mayHaveArrived };
    }),
};
