import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { bearerToken, hashSecret, matchesSecret, newSecret, newSigningSecret } from '../src/secrets.ts';

describe('secrets of a channel', () => {
  it('are long, named for their use, and unique', () => {
    const made = Array.from({ length: 100 }, () => newSecret('inbound'));
    expect(new Set(made).size).toBe(100);
    for (const secret of made) expect(secret).toMatch(/^inbound_[\w-]{43}$/);
  });

  it('for signing work with libraries of the scheme', () => {
    const secret = newSigningSecret();
    expect(Buffer.from(secret.replace('whsec_', ''), 'base64')).toHaveLength(32);
    expect(new Webhook(secret).sign('1', new Date(0), '{}')).toMatch(/^v1,/);
    expect(newSigningSecret()).not.toBe(secret);
  });

  it('match their stored hash', () => {
    const secret = newSecret('inbound');
    const stored = hashSecret(secret);
    expect(stored).toMatch(/^[\da-f]{64}$/);
    expect(matchesSecret(secret, stored)).toBe(true);
  });

  it.each(['', 'inbound_', 'x', 'inbound_wrong', '\u0000', 'ñ'.repeat(1_000)])(
    'rejects %j as the secret',
    (presented) => {
      expect(matchesSecret(presented, hashSecret(newSecret('inbound')))).toBe(false);
    },
  );

  it('rejects the stored hash itself, and any broken hash', () => {
    const stored = hashSecret('right');
    expect(matchesSecret(stored, stored)).toBe(false);
    expect(matchesSecret('right', '')).toBe(false);
    expect(matchesSecret('right', stored.slice(2))).toBe(false);
    expect(matchesSecret('right', 'not hex')).toBe(false);
  });
});

describe('the Bearer token of a request', () => {
  it.each([
    ['Bearer inbound_abc-_', 'inbound_abc-_'],
    ['bearer abc', 'abc'],
    ['BEARER  abc==', 'abc=='],
    ['Bearer abc ', 'abc'],
    ['Bearer', null],
    ['Bearer ', null],
    ['Bearer a b', null],
    ['Basic abc', null],
    ['xBearer abc', null],
    ['Bearer a,b', null],
    ['abc', null],
    ['', null],
    [undefined, null],
  ])('%j is %j', (header, token) => {
    expect(bearerToken(header)).toBe(token);
  });
});
