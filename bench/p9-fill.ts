import { connect, migrate } from '@baton/database';
import { startEmbeddedPostgres } from '@baton/embedded-postgres';
import { seed, type Seeded } from '@baton/database/testing/seed';

/** For filling only: what a crash would lose is made again. */
const UNSAFE = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  wal_compression: 'off',
};
const ROOMY = {
  shared_buffers: '1GB',
  maintenance_work_mem: '1GB',
  max_wal_size: '8GB',
  checkpoint_timeout: '1h',
  gin_pending_list_limit: '128MB',
};

const HISTORY = 0.05;

/** Fills a PostgreSQL below `dataDir` and stops it. */
export async function fill(dataDir: string, conversations: number): Promise<Seeded & { seconds: number }> {
  const postgres = await startEmbeddedPostgres({ dataDir, settings: { ...UNSAFE, ...ROOMY } });
  try {
    await migrate(postgres.connection);
    // Checks of foreign keys, row by row, would take as long again; the rows are played by the statechart, so they hold.
    const copying = connect({ ...postgres.superuser, database: 'baton' }, { commits: 3 });
    await copying.sql`alter role postgres set session_replication_role = replica`;
    await copying.close();
    const connections = connect({ ...postgres.superuser, database: 'baton' }, { commits: 3 });
    const start = performance.now();
    let told = start;
    const seeded = await seed(connections.sql, {
      conversations,
      seed: 1,
      // A history of 1 would be as much again on disk, and no list or search reads it.
      history: HISTORY,
      onProgress(done, messages) {
        if (performance.now() - told < 15_000) return;
        told = performance.now();
        console.log(`  ${done} conversations, ${messages} messages after ${Math.round((told - start) / 1_000)} s`);
      },
    });
    await connections.sql`select gin_clean_pending_list('message_words_words')`;
    await connections.sql`alter role postgres reset session_replication_role`;
    await connections.close();
    return { ...seeded, seconds: (performance.now() - start) / 1_000 };
  } finally {
    await postgres.stop();
  }
}
