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
import type { SendContext } from '../src/channel-module.ts';
import { http as module } from '../src/http/http-channel.ts';
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

  const sender = (client = http) => module.createSender({ http: client, now: Date.now });
  const contextOf = (callbackUrl: string | undefined): SendContext => ({
    recipient: 'customer-1',
    settings: { callbackUrl },
    signingSecret,
  });
  const context = () => contextOf(`${server.url}/callback?key=url-secret`);
  const send = (signal = never): Promise<SendOutcome> => sender()(OUTGOING, context(), signal);
  const answering = (handler: Handler) => {
    server.answer(handler);
    return send();
  };

  channelContract(module, {
    taking: () => ({ send: sender(), context: context() }),
    arrived: () => server.received.map(({ body }) => (JSON.parse(body) as { messageId: string }).messageId),
  });

  describe('the callback request', () => {
    it('has exactly the public fields', async () => {
      const more = { ...OUTGOING, author: { kind: 'teammate', name: 'Ann', id: '7' }, note: 'x' } as typeof OUTGOING;
      await sender()(more, context(), never);
      expect(server.received).toMatchObject([{ method: 'POST', path: '/callback?key=url-secret' }]);
      expect(JSON.parse(server.received[0]!.body)).toEqual({ ...OUTGOING, author: { kind: 'teammate' } });
    });

    it('carries a Standard Webhooks signature whose id is the message id', async () => {
      await send();
      const { headers, body } = server.received[0]!;
      expect(headers['webhook-id']).toBe(OUTGOING.messageId);
      expect(new Webhook(signingSecret).verify(body, headers as Record<string, string>)).toEqual(OUTGOING);
    });

    it('does not verify with the secret of another channel', async () => {
      await send();
      const { headers, body } = server.received[0]!;
      const other = new Webhook(newSigningSecret());
      expect(() => other.verify(body, headers as Record<string, string>)).toThrow('No matching signature');
    });
  });

  describe('[SEND-2] reads the answer', () => {
    it.each([200, 201, 202, 204])('takes %i as sent', async (status) => {
      const outcome = await answering((response) => void response.writeHead(status).end());
      expect(outcome).toEqual({ kind: 'sent', providerId: null });
    });

    it.each([400, 401, 403, 404, 405, 409, 410, 413, 422, 451])('takes %i as failed for good', async (status) => {
      const outcome = await answering(json(status, { message: 'upstream said' }));
      expect(outcome).toEqual({ kind: 'failed', error: `the callback answered with status ${status}` });
    });

    it.each([408, 425, 429])('retries after %i, knowing that nothing arrived', async (status) => {
      expect(await answering(json(status, {}))).toMatchObject({ kind: 'retry', mayHaveArrived: false });
    });

    it.each([500, 502, 503, 504, 301, 302, 307])(
      'retries after %i, as the message may have arrived',
      async (status) => {
        const outcome = await answering(json(status, {}, { location: 'https://example.com/' }));
        expect(outcome).toMatchObject({ kind: 'retry', mayHaveArrived: true });
      },
    );

    it.each([429, 503])('waits after %i for as long as the receiver asks', async (status) => {
      const outcome = await answering(json(status, {}, { 'retry-after': '7' }));
      expect(outcome).toMatchObject({ kind: 'retry', retryAfterMs: 7_000 });
    });

    it.each([
      ['an id of its own', { externalId: 'wamid.7' }, 'wamid.7'],
      ['an empty id', { externalId: '' }, null],
      ['an id of another type', { externalId: { $ne: null } }, null],
      ['too long an id', { externalId: 'x'.repeat(201) }, null],
      ['an id with NUL', { externalId: 'a\u0000' }, null],
      ['something else', ['externalId'], null],
      ['null', null, null],
    ])('takes a valid provider id from a 2xx answer with %s', async (_what, body, providerId) => {
      expect(await answering(json(200, body))).toEqual({ kind: 'sent', providerId });
    });

    it('takes a 2xx as sent even if its body is invalid or endless', async () => {
      expect(await answering((response) => void response.end('<html>'))).toEqual({ kind: 'sent', providerId: null });
      const endless: Handler = (response) => {
        const more = (): void => void (response.destroyed || response.write('x'.repeat(10_000), more));
        more();
      };
      expect(await answering(endless)).toEqual({ kind: 'sent', providerId: null });
    });

    it('takes a 2xx as sent even if its body breaks off', async () => {
      const outcome = await answering((response) => {
        response.writeHead(200, { 'content-length': '50' }).write('{', () => response.socket?.destroy());
      });
      expect(outcome).toEqual({ kind: 'sent', providerId: null });
    });
  });

  describe('[SEND-4] reads a missing answer', () => {
    it('says that a message may have arrived when the connection breaks', async () => {
      expect(await answering(hangUp)).toMatchObject({ kind: 'retry', mayHaveArrived: true, retryAfterMs: null });
    });

    it('says that nothing arrived when no server listens', async () => {
      await server.close();
      expect(await send()).toMatchObject({ kind: 'retry', mayHaveArrived: false });
    });

    it('says that nothing arrived when the host name does not resolve', async () => {
      const resolve = () => Promise.reject(Object.assign(new Error('lookup'), { code: 'ENOTFOUND' }));
      const client = createOutboundClient({ allowPrivateNetwork: true, resolve });
      const outcome = await sender(client)(OUTGOING, contextOf('http://nowhere.example/'), never);
      expect(outcome).toMatchObject({ kind: 'retry', mayHaveArrived: false });
    });

    it('closes the connection when aborted, as the message may have arrived', async () => {
      server.answer(neverAnswer);
      const caller = new AbortController();
      const [arrived, closed] = [server.nextRequest(), server.nextHangUp()];
      const outcome = send(caller.signal);
      await arrived;
      caller.abort();
      expect(await outcome).toMatchObject({ kind: 'retry', mayHaveArrived: true });
      await closed;
    });

    it('sends nothing when aborted before', async () => {
      expect(await send(AbortSignal.abort())).toMatchObject({ kind: 'retry', mayHaveArrived: false });
      expect(server.received).toEqual([]);
    });
  });

  it('lists a message at the API when there is no callback', async () => {
    const outcome = await sender()(OUTGOING, contextOf(undefined), never);
    expect(outcome).toEqual({ kind: 'listed' });
  });

  it.each(['http://127.0.0.1/', 'http://[::1]/', 'http://localhost/', 'http://169.254.169.254/', 'http://2130706433/'])(
    'fails for good on %s while private networks are not allowed',
    async (url) => {
      const strict = createOutboundClient({ allowPrivateNetwork: false });
      const outcome = await sender(strict)(OUTGOING, contextOf(url), never);
      strict.close();
      expect(outcome).toMatchObject({ kind: 'failed' });
    },
  );

  it('keeps secrets, addresses and the receiver’s answer out of its errors', async () => {
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
