import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';

const BYTES_PER_ID = 16;
const IDS_PER_DRAW = 256;

/** Makes UUIDs of version 7. Random bytes are drawn for many ids at once, because a draw costs the same for one. */
export const newId = idSource();

function idSource(): () => string {
  const pool = new Uint8Array(IDS_PER_DRAW * BYTES_PER_ID);
  let used = pool.length;
  return () => {
    if (used === pool.length) {
      randomFillSync(pool);
      used = 0;
    }
    used += BYTES_PER_ID;
    return v7({ random: pool.subarray(used - BYTES_PER_ID, used) });
  };
}
