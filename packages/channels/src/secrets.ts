import { hash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A secret that nobody guesses: 256 bits, with a prefix that says what it opens (`inbound_…`). */
export function newSecret(prefix: string): string {
  return `${prefix}_${randomBytes(32).toString('base64url')}`;
}

/** A secret in the form that libraries of the Standard Webhooks scheme take: `whsec_` and 32 bytes in base64. */
export function newSigningSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}

/**
 * What is stored of a secret of ours: its SHA-256 in hex. A plain hash is enough, as there is nothing to guess in 256
 * random bits, and it is computed on every request.
 */
export function hashSecret(secret: string): string {
  return hash('sha256', secret, 'hex');
}

/** Is this the secret whose `hashSecret` was stored? Takes the same time wherever they differ. */
export function matchesSecret(presented: string, storedHash: string): boolean {
  const stored = Buffer.from(storedHash, 'hex');
  const given = hash('sha256', presented, 'buffer');
  return stored.length === given.length && timingSafeEqual(given, stored);
}

/** The token of an `Authorization: Bearer …` header (RFC 6750); null without one. */
export function bearerToken(header: string | undefined): string | null {
  return /^bearer +([\w.~+/-]+=*) *$/i.exec(header ?? '')?.[1] ?? null;
}
