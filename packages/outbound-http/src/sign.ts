import { Webhook } from 'standardwebhooks';

/**
 * The three headers of a signed request (standardwebhooks.com). `id` stays the same when the same thing is sent again.
 *
 * A secret that begins with `whsec_` and goes on in base64 is taken as the scheme says: the key is what the base64
 * encodes. Any other secret is taken as plain text: the key is its UTF-8 bytes, and a receiver whose library wants
 * the `whsec_` form uses `whsec_` + base64 of that text.
 */
export function signatureHeaders(secret: string, id: string, at: Date, body: string): Record<string, string> {
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(standardSecret(secret)).sign(id, at, body),
  };
}

/** Any secret in the form that libraries of the scheme accept. */
export function standardSecret(secret: string): string {
  return isStandard(secret) ? secret : `whsec_${Buffer.from(secret, 'utf8').toString('base64')}`;
}

function isStandard(secret: string): boolean {
  if (!secret.startsWith('whsec_')) return false;
  const encoded = secret.slice('whsec_'.length);
  return encoded !== '' && Buffer.from(encoded, 'base64').toString('base64') === encoded;
}
