import { Webhook } from 'standardwebhooks';

/**
 * The three headers of a signed request (standardwebhooks.com). A repeated request keeps its `id`.
 *
 * The key of a secret `whsec_` + base64 is the decoded base64, as in the scheme. The key of any other secret is its UTF-8
 * bytes; receivers whose library wants the `whsec_` form use `whsec_` + base64 of the text.
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
