import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

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
  /** Null for what this server did not issue. */
  verify(token: string): Visitor | null;
}

const FIELDS = 4;

/** Signed, because ids are not secrets: knowing another visitor's ids must open nothing. They last as long as the key. */
export function visitorTokens(secretKey: string): VisitorTokens {
  const key = Buffer.from(hkdfSync('sha256', secretKey, '', 'baton visitor token', 32));
  const sign = (payload: string) => createHmac('sha256', key).update(payload).digest();

  return {
    issue({ workspaceId, channelId, conversationId, customerId }) {
      const fields = [workspaceId, channelId, conversationId, customerId];
      const payload = Buffer.from(JSON.stringify(fields)).toString('base64url');
      return `${payload}.${sign(payload).toString('base64url')}`;
    },
    verify(token) {
      const [payload = '', signature = '', ...rest] = token.split('.');
      const given = Buffer.from(signature, 'base64url');
      const right = sign(payload);
      if (rest.length > 0 || given.length !== right.length || !timingSafeEqual(given, right)) return null;
      return parse(payload);
    },
  };
}

function parse(payload: string): Visitor | null {
  const fields: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString());
  if (!Array.isArray(fields) || fields.length !== FIELDS || !fields.every((field) => typeof field === 'string'))
    return null;
  const [workspaceId = '', channelId = '', conversationId = '', customerId = ''] = fields;
  return { workspaceId, channelId, conversationId, customerId };
}
