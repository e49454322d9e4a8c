import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** A visitor's token stands for one customer in one channel of one workspace. */
export interface Visitor {
  workspaceId: string;
  channelId: string;
  conversationId: string;
  /** The customer's id at the channel. */
  customerId: string;
}

export interface VisitorTokens {
  issue(visitor: Visitor): string;
  /** Null for tokens of others. Constant time. */
  verify(token: string): (Visitor & { tokenId: string }) | null;
}

/** Part of the signed text and of the key, so that no later version passes as this one. */
const VERSION = 'v1';

const fields = z.tuple([z.string(), z.string(), z.string(), z.string(), z.string()]);

/**
 * Signs tokens, because ids are not secret: they must not open another visitor's chat. A token lasts as long as
 * `SECRET_KEY`; its id makes two tokens of one visitor differ.
 */
export function visitorTokens(secretKey: string): VisitorTokens {
  const key = Buffer.from(hkdfSync('sha256', secretKey, '', `baton visitor token ${VERSION}`, 32));
  const sign = (signed: string): Buffer => createHmac('sha256', key).update(signed).digest();

  return {
    issue({ workspaceId, channelId, conversationId, customerId }) {
      const tokenId = randomBytes(12).toString('base64url');
      const payload = JSON.stringify([workspaceId, channelId, conversationId, customerId, tokenId]);
      const signed = `${VERSION}.${Buffer.from(payload).toString('base64url')}`;
      return `${signed}.${sign(signed).toString('base64url')}`;
    },

    verify(token) {
      const end = token.lastIndexOf('.');
      if (end === -1 || !token.startsWith(`${VERSION}.`)) return null;
      const signed = token.slice(0, end);
      const given = Buffer.from(token.slice(end + 1), 'base64url');
      const expected = sign(signed);
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
      // Node ignores invalid characters in base64url; accept a single spelling of the signature.
      if (given.toString('base64url') !== token.slice(end + 1)) return null;
      return visitorIn(signed.slice(VERSION.length + 1));
    },
  };
}

/** Called with signed payloads only. */
function visitorIn(payload: string): (Visitor & { tokenId: string }) | null {
  const parsed = fields.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
  if (!parsed.success) return null;
  const [workspaceId, channelId, conversationId, customerId, tokenId] = parsed.data;
  return { workspaceId, channelId, conversationId, customerId, tokenId };
}
