import type { Database } from '@baton/database';
import { sql } from 'drizzle-orm';

const MAX_WAIT_MS = 2_000;

/** Can this node serve? It can while its database answers. */
export function readiness(db: Database, signal: AbortSignal): () => Promise<boolean> {
  return async () => {
    if (signal.aborted) return false;
    const late = new Promise<boolean>((resolve) => {
      setTimeout(() => resolve(false), MAX_WAIT_MS).unref();
    });
    const answered = db.execute(sql`select 1`).then(
      () => true,
      () => false,
    );
    return Promise.race([answered, late]);
  };
}
