import { createOutboundClient, type OutboundClient } from '@baton/outbound-http';
import {
  hangUp,
  json,
  neverAnswer,
  startLocalServer,
  type Handler,
  type LocalServer,
} from '@baton/outbound-http/testing';
import type { SendOutcome } from '@baton/protocol';
import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChannelContext } from '../src/channel.ts';
import { httpChannel } from '../src/http/http-channel.ts';
import { newSigningSecret } from '../src/secrets.ts';
import { channelContract, OUTGOING } from './channel-contract.ts';

const never = new AbortController().signal;
const signingSecret = newSigningSecret();

describe('the HTTP channel', () => {
  let server: LocalServer;
  let http: OutboundClient;
  beforeEach(async () => {
    server = await startLocalServer(json(200, {}));
    http = createOutboundClient({ allowPrivateNetwork: true });
  });
  afterEach(async () => {
    http.close();
    await server.close();
  });

  const channel = (client = http) => httpChannel({ http: client, now: Date.now });
  const contextOf = (callbackUrl: string | undefined): ChannelContext => ({
    recipient: 'customer-1',
    settings: { callbackUrl },
    signingSecret,
  });
  const context = () => contextOf(`${server.url}/callback?key=url-secret`);
  const send = (signal = never): Promise<SendOutcome> => channel().send(OUTGOING, context(), signal);
  const answering = (handler: Handler) => {
    server.answer(handler);
    return send();
  };

  channelContract('http', {
    taking: () => ({ channel: channel(), context: context() }),
    arrived: () => server.received.map(({ body }) => (JSON.parse(body) as { messageId: string }).messageId),
  });

  describe('what is posted', () => {
    it('is exactly what the interface names', async () => {
      const more = { ...OUTGOING, author: { kind: 'teammate', name: 'Ann', id: '7' }, note: 'x' } as typeof OUTGOING;
      await channel().send(more, context(), never);
      expect(server.received).toMatchObject([{ method: 'POST', path: '/callback?key=url-secret' }]);
      expect(JSON.parse(server.received[0]!.body)).toEqual({ ...OUTGOING, author: { kind: 'teammate' } });
    });

    it('is signed by the Standard Webhooks scheme, with the message as its id', async () => {
      await send();
      const { headers, body } = server.received[0]!;
      expect(headers['webhook-id']).toBe(OUTGOING.messageId);
      expect(new Webhook(signingSecret).verify(body, headers as Record<string, string>)).toEqual(OUTGOING);
    });

    it('does not verify with another channel’s secret', async () => {
      await send();
      const { headers, body } = server.received[0]!;
      const other = new Webhook(newSigningSecret());
      expect(() => other.verify(body, headers as Record<string, string>)).toThrow('No matching signature');
    });
  });

  describe('[SEND-2] what the answer means', () => {
    it.each([200, 201, 202, 204])('%i: sent', async (status) => {
      const outcome = await answering((response) => void response.writeHead(status).end());
      expect(outcome).toEqual({ kind: 'sent', providerId: null });
    });

    it.each([400, 401, 403, 404, 405, 409, 410, 413, 422, 451])('%i: failed for good', async (status) => {
      const outcome = await answering(json(status, { message: 'upstream said' }));
      expect(outcome).toEqual({ kind: 'failed', error: `the callback answered with status ${status}` });
    });

    it.each([408, 425, 429])('%i: not taken, to be tried again', async (status) => {
      expect(await answering(json(status, {}))).toMatchObject({ kind: 'retry', mayHaveArrived: false });
    });

    it.each([500, 502, 503, 504, 301, 302, 307])('%i: it may have arrived, to be tried again', async (status) => {
      const outcome = await answering(json(status, {}, { location: 'https://example.com/' }));
      expect(outcome).toMatchObject({ kind: 'retry', mayHaveArrived: true });
    });

    it.each([429, 503])('%i: waits as long as the receiver asks', async (status) => {
      const outcome = await answering(json(status, {}, { 'retry-after': '7' }));
      expect(outcome).toMatchObject({ kind: 'retry', retryAfterMs: 7_000 });
    });

    it.each([
      ['an id of its own', { externalId: 'wamid.7' }, 'wamid.7'],
      ['an empty id', { externalId: '' }, null],
      ['an id that is none', { externalId: { $ne: null } }, null],
      ['too long an id', { externalId: 'x'.repeat(201) }, null],
      ['an id with NUL', { externalId: 'a\u0000' }, null],
      ['something else', ['externalId'], null],
      ['null', null, null],
    ])('takes from a 2xx with %s the provider’s id, if it is one', async (_what, body, providerId) => {
      expect(await answering(json(200, body))).toEqual({ kind: 'sent', providerId });
    });

    it('a body that is no JSON, or endless, takes nothing back', async () => {
      expect(await answering((response) => void response.end('<html>'))).toEqual({ kind: 'sent', providerId: null });
      const endless: Handler = (response) => {
        const more = (): void => void (response.destroyed || response.write('x'.repeat(10_000), more));
        more();
      };
      expect(await answering(endless)).toEqual({ kind: 'sent', providerId: null });
    });

    it('a 2xx whose body breaks off takes nothing back', async () => {
      const outcome = await answering((response) => {
        response.writeHead(200, { 'content-length': '50' }).write('{', () => response.socket?.destroy());
      });
      expect(outcome).toEqual({ kind: 'sent', providerId: null });
    });
  });

  describe('[SEND-4] what no answer means', () => {
    it('a cut connection: it may have arrived', async () => {
      expect(await answering(hangUp)).toMatchObject({ kind: 'retry', mayHaveArrived: true, retryAfterMs: null });
    });

    it('nobody listens: it has not arrived', async () => {
      await server.close();
      expect(await send()).toMatchObject({ kind: 'retry', mayHaveArrived: false });
    });

    it('no such name: it has not arrived', async () => {
      const resolve = () => Promise.reject(Object.assign(new Error('lookup'), { code: 'ENOTFOUND' }));
      const client = createOutboundClient({ allowPrivateNetwork: true, resolve });
      const outcome = await channel(client).send(OUTGOING, contextOf('http://nowhere.example/'), never);
      expect(outcome).toMatchObject({ kind: 'retry', mayHaveArrived: false });
    });

    it('called off at the receiver: it may have arrived, and the connection is closed', async () => {
      server.answer(neverAnswer);
      const caller = new AbortController();
      const [arrived, closed] = [server.nextRequest(), server.nextHangUp()];
      const outcome = send(caller.signal);
      await arrived;
      caller.abort();
      expect(await outcome).toMatchObject({ kind: 'retry', mayHaveArrived: true });
      await closed;
    });

    it('called off before: it has not arrived', async () => {
      expect(await send(AbortSignal.abort())).toMatchObject({ kind: 'retry', mayHaveArrived: false });
      expect(server.received).toEqual([]);
    });
  });

  it('without a callback, a message is sent by being readable at the API', async () => {
    const outcome = await channel().send(OUTGOING, contextOf(undefined), never);
    expect(outcome).toEqual({ kind: 'listed' });
  });

  it.each(['http://127.0.0.1/', 'http://[::1]/', 'http://localhost/', 'http://169.254.169.254/', 'http://2130706433/'])(
    'fails for good on %s unless private networks are allowed',
    async (url) => {
      const strict = createOutboundClient({ allowPrivateNetwork: false });
      const outcome = await channel(strict).send(OUTGOING, contextOf(url), never);
      strict.close();
      expect(outcome).toMatchObject({ kind: 'failed' });
    },
  );

  it('says in its errors no secret, no address and nothing that the receiver answered', async () => {
    const said = [
      await answering(json(500, { trace: 'upstream said' })),
      await answering(hangUp),
      await answering(json(404, { trace: 'upstream said' })),
    ];
    for (const secret of [signingSecret, 'url-secret', '127.0.0.1', 'upstream said', OUTGOING.text]) {
      expect(JSON.stringify(said)).not.toContain(secret);
    }
  });
});
