import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';

const BYTES = 16;
const pool = new Uint8Array(256 * BYTES);
let next = pool.length;

/** A UUID of version 7. Randomness is drawn for many at once: a draw costs the same for one as for hundreds. */
export function newId(): string {
  if (next === pool.length) {
    randomFillSync(pool);
    next = 0;
  }
  next += BYTES;
  return v7({ random: pool.subarray(next - BYTES, next) });
}
