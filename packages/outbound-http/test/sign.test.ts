import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { signatureHeaders, standardSecret } from '../src/sign.ts';

const BODY = '{"text":"¡hola!"}';

describe('signatures of the Standard Webhooks scheme', () => {
  it.each([
    'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    'plain text',
    'contraseña 🔑',
    'whsec_not base64!',
    'whsec_',
    'whsec_abc',
    'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    'x',
  ])('a receiver with the secret %j verifies', (secret) => {
    const headers = signatureHeaders(secret, 'msg_1', new Date(), BODY);
    expect(new Webhook(standardSecret(secret)).verify(BODY, headers)).toEqual({ text: '¡hola!' });
  });

  it('uses a secret in the form of the scheme unchanged', () => {
    const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
    expect(standardSecret(secret)).toBe(secret);
  });

  it('takes the UTF-8 bytes of any other secret as the key', () => {
    const headers = signatureHeaders('contraseña', 'msg_1', new Date(), BODY);
    const receiver = new Webhook(new TextEncoder().encode('contraseña'), { format: 'raw' });
    expect(receiver.verify(BODY, headers)).toEqual({ text: '¡hola!' });
  });

  it('agrees with the published example', () => {
    const headers = signatureHeaders(
      'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
      'msg_p5jXN8AQM9LWM0D4loKWxJek',
      new Date(1_614_265_330_000),
      '{"test": 2432232314}',
    );
    expect(headers).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('does not verify another secret, id or body', () => {
    const headers = signatureHeaders('right', 'msg_1', new Date(), BODY);
    expect(() => new Webhook(standardSecret('wrong')).verify(BODY, headers)).toThrow('No matching signature found');
    expect(() => new Webhook(standardSecret('right')).verify(`${BODY} `, headers)).toThrow(
      'No matching signature found',
    );
    expect(() => new Webhook(standardSecret('right')).verify(BODY, { ...headers, 'webhook-id': 'msg_2' })).toThrow(
      'No matching signature found',
    );
  });
});
