import { hash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 random bits, with a prefix that names its use (`inbound_…`). */
export function newSecret(prefix: string): string {
  return `${prefix}_${randomBytes(32).toString('base64url')}`;
}

/** A secret for libraries of the Standard Webhooks scheme: `whsec_` and 32 bytes in base64. */
export function newSigningSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}

/**
 * SHA-256 in hex, the stored form of a secret. A plain hash is enough for 256 random bits, and is computed on every
 * request.
 */
export function hashSecret(secret: string): string {
  return hash('sha256', secret, 'hex');
}

/** Compares a secret with a stored `hashSecret`, in constant time. */
export function matchesSecret(presented: string, storedHash: string): boolean {
  const stored = Buffer.from(storedHash, 'hex');
  const given = hash('sha256', presented, 'buffer');
  return stored.length === given.length && timingSafeEqual(given, stored);
}

/** The token of an `Authorization: Bearer …` header (RFC 6750); null without one. */
export function bearerToken(header: string | undefined): string | null {
  return /^bearer +([\w.~+/-]+=*) *$/i.exec(header ?? '')?.[1] ?? null;
}
