import { z } from 'zod';
import { MAX_EXTERNAL_ID_BYTES, MAX_ORDINAL, MAX_TEXT_CHARACTERS } from './limits.ts';

const encoder = new TextEncoder();

/** PostgreSQL cannot store NUL, and a lone surrogate has no UTF-8: both are refused before they can get lost on the way. */
export function isStorable(value: string): boolean {
  return value.isWellFormed() && !value.includes('\u0000');
}

function hasAtMostCodePoints(value: string, limit: number): boolean {
  if (value.length <= limit) return true;
  let count = 0;
  for (const _ of value) if (++count > limit) return false;
  return true;
}

const wellFormed = z
  .string()
  .refine(isStorable, { error: 'must be well-formed Unicode without NUL characters', abort: true });

/** Text that people or agents write: not blank, well-formed, at most 10 000 characters. */
export const messageText = wellFormed
  .refine((value) => value.trim() !== '', { error: 'must not be empty', abort: true })
  .refine((value) => hasAtMostCodePoints(value, MAX_TEXT_CHARACTERS), {
    error: `must be at most ${MAX_TEXT_CHARACTERS} characters`,
  })
  .meta({ minLength: 1, maxLength: MAX_TEXT_CHARACTERS });

/** An id given by the outside world. */
export const externalId = wellFormed
  .refine((value) => value !== '', { error: 'must not be empty', abort: true })
  .refine((value) => encoder.encode(value).length <= MAX_EXTERNAL_ID_BYTES, {
    error: `must be at most ${MAX_EXTERNAL_ID_BYTES} bytes`,
  });

/** A name that is shown to people. */
export const displayName = wellFormed
  .refine((value) => value.trim() !== '', { error: 'must not be empty', abort: true })
  .refine((value) => hasAtMostCodePoints(value, 200), { error: 'must be at most 200 characters' });

/** Text that is searched or filtered by: whatever a person types, as long as a database can be asked for it. */
export const searchText = wellFormed.refine((value) => value.length <= 200, {
  error: 'must be at most 200 characters',
});

/** An address that Baton calls. Which networks may be called is checked when it is. */
export const webAddress = z
  .url({ protocol: /^https?$/, error: 'must be an http or https address' })
  .max(2_000)
  .refine(isStorable, { error: 'must be well-formed Unicode without NUL characters' });

/** `https://example.com`: scheme, host and port as browsers send them in `Origin`. */
export const webOrigin = z
  .url({ protocol: /^https?$/, error: 'must be an origin such as https://example.com' })
  .max(300)
  .refine((value) => URL.canParse(value) && new URL(value).origin === value, {
    error: 'must be an origin such as https://example.com',
  });

/** One of Baton's own ids (UUIDv7), opaque to the outside. */
export const id = z.uuid();

/** A `seq` or revision that is asked for. */
export const ordinal = z.int().min(0).max(MAX_ORDINAL);
/** The same in an address. */
export const queriedOrdinal = z.coerce
  .number()
  .int()
  .min(0)
  .max(MAX_ORDINAL)
  .meta({ type: 'integer', minimum: 0, maximum: MAX_ORDINAL });

/** A point in time on the wire: ISO 8601, UTC. */
export const time = z.iso.datetime().refine((value) => !(Date.parse(value) < 0), { error: 'must not be before 1970' });
