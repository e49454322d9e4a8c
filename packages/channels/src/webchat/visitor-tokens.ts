import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** What a visitor's token stands for: one customer in one channel of one workspace, and nothing else. */
export interface Visitor {
  workspaceId: string;
  channelId: string;
  conversationId: string;
  /** The customer's id at the channel. */
  customerId: string;
}

export interface VisitorTokens {
  issue(visitor: Visitor): string;
  /** Null for what this server did not issue. Takes no longer for a near miss. */
  verify(token: string): (Visitor & { tokenId: string }) | null;
}

/** Part of what is signed and of the key: a later version can never be read as this one. */
const VERSION = 'v1';

const fields = z.tuple([z.string(), z.string(), z.string(), z.string(), z.string()]);

/**
 * Signed, because ids are not secrets: knowing another visitor's ids must open nothing. A token lasts as long as
 * `SECRET_KEY`; its id makes two tokens for the same visitor differ.
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
      const right = sign(signed);
      if (given.length !== right.length || !timingSafeEqual(given, right)) return null;
      // Node skips what is no base64url: only one spelling of a signature is ours.
      if (given.toString('base64url') !== token.slice(end + 1)) return null;
      return visitorIn(signed.slice(VERSION.length + 1));
    },
  };
}

/** Only called with what we signed ourselves. */
function visitorIn(payload: string): (Visitor & { tokenId: string }) | null {
  const parsed = fields.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
  if (!parsed.success) return null;
  const [workspaceId, channelId, conversationId, customerId, tokenId] = parsed.data;
  return { workspaceId, channelId, conversationId, customerId, tokenId };
}
