import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { visitorTokens, type Visitor } from '../src/webchat/visitor-tokens.ts';

const ANN: Visitor = { workspaceId: 'w1', channelId: 'c1', conversationId: 'v1', customerId: 'ann' };
const BEN: Visitor = { ...ANN, conversationId: 'v2', customerId: 'ben' };
const tokens = visitorTokens('a secret key');

const encode = (fields: unknown): string => Buffer.from(JSON.stringify(fields)).toString('base64url');
const payloadOf = (token: string): string => token.split('.')[1]!;
const signatureOf = (token: string): string => token.split('.')[2]!;

describe('visitor tokens', () => {
  it('stand for one customer in one channel of one workspace', () => {
    expect(tokens.verify(tokens.issue(ANN))).toEqual({ ...ANN, tokenId: expect.stringMatching(/^[\w-]{16}$/) });
  });

  it('carry their version, and differ for the same visitor', () => {
    const [one, other] = [tokens.issue(ANN), tokens.issue(ANN)];
    expect(one).toMatch(/^v1\.[\w-]+\.[\w-]{43}$/);
    expect(one).not.toBe(other);
  });

  it('stay valid after a restart with the same key only', () => {
    const token = tokens.issue(ANN);
    expect(visitorTokens('a secret key').verify(token)).toMatchObject(ANN);
    expect(visitorTokens('a secret kez').verify(token)).toBeNull();
  });

  it('reject a payload with the signature of another', () => {
    const [ann, ben] = [tokens.issue(ANN), tokens.issue(BEN)];
    expect(tokens.verify(`v1.${payloadOf(ben)}.${signatureOf(ann)}`)).toBeNull();
    expect(tokens.verify(`v1.${encode(Object.values(BEN))}.${signatureOf(ann)}`)).toBeNull();
    expect(tokens.verify(`v1.${encode([...Object.values(BEN), 'id'])}.`)).toBeNull();
  });

  it('are signed by a derived key, not by the secret key itself', () => {
    const signed = `v1.${encode([...Object.values(ANN), 'id'])}`;
    const forged = createHmac('sha256', 'a secret key').update(signed).digest('base64url');
    expect(tokens.verify(`${signed}.${forged}`)).toBeNull();
  });

  it('reject a token with any changed character', () => {
    const token = tokens.issue(ANN);
    const changed = Array.from(token, (character, at) => {
      return token.slice(0, at) + (character === 'A' ? 'B' : 'A') + token.slice(at + 1);
    });
    expect(changed.filter((candidate) => tokens.verify(candidate) !== null)).toEqual([]);
  });

  it('have a single spelling', () => {
    const token = tokens.issue(ANN);
    for (const other of [`${token}=`, `${token} `, ` ${token}`, `${token}.`, token.replace('.', '..'), `${token}*`]) {
      expect(tokens.verify(other)).toBeNull();
    }
  });

  it.each([
    '',
    '.',
    '..',
    'v1',
    'v1.',
    'v1..',
    'v2.e30.AAAA',
    'null',
    'a.b.c.d',
    'v1.'.repeat(100_000),
    '\u0000',
    'v1.ñ.ñ',
  ])('survives %j', (token) => {
    expect(tokens.verify(token)).toBeNull();
  });
});
