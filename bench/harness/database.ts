import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, migrate, type Connections } from '@baton/database';
import { startEmbeddedPostgres } from '@baton/embedded-postgres';
import { cpuSeconds } from './cpu.ts';

/** A PostgreSQL of its own with the settings that `npm start` uses, thrown away afterwards. */
export interface BenchDatabase {
  /** Opens a database of this name. */
  open(name: string, pools?: Parameters<typeof connect>[1]): Connections;
  /** Fills the first database. */
  prepare<Result>(fill: (connections: Connections) => Promise<Result>): Promise<Result>;
  /** A copy of the first database as it now is; nobody may be connected to it. */
  copy(name: string): Promise<void>;
  /** CPU seconds used by all of PostgreSQL so far, where the system tells. */
  cpuSeconds(): Promise<number | null>;
}

const FIRST = 'baton';

export async function withDatabase<Result>(work: (database: BenchDatabase) => Promise<Result>): Promise<Result> {
  const dataDir = await mkdtemp(join(tmpdir(), 'baton-bench-'));
  const postgres = await startEmbeddedPostgres({ dataDir });
  const administration = connect(postgres.superuser, { commits: 1, queries: 1 });
  const open: BenchDatabase['open'] = (database, pools) => connect({ ...postgres.connection, database }, pools);
  try {
    await migrate(postgres.connection);
    const postmaster = await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8');
    return await work({
      open,
      async prepare(fill) {
        const connections = open(FIRST);
        try {
          return await fill(connections);
        } finally {
          await connections.close();
        }
      },
      async copy(name) {
        await administration.sql.unsafe(`create database "${name}" template ${FIRST} owner ${FIRST}`);
        // The copy's pages are written now, not in the middle of what is measured.
        await administration.sql.unsafe('checkpoint');
      },
      cpuSeconds: () => cpuSeconds(Number(postmaster.split('\n')[0])),
    });
  } finally {
    await administration.close();
    await postgres.stop();
    await rm(dataDir, { recursive: true });
  }
}
