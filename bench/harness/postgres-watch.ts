import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connect } from '@baton/database';
import { cpuSeconds } from './cpu.ts';

/** The CPU time and writes of a server's embedded PostgreSQL so far. */
export interface PostgresWatch {
  /** CPU seconds of all its processes. */
  cpuSeconds(): Promise<number>;
  /** Transactions committed: of a server that keeps none open, nearly its statements. Up to a second late. */
  transactions(): Promise<number>;
  close(): Promise<void>;
}

/** `cluster`: its folder, with the file that says who runs it and where its socket is. */
export async function watchPostgres(cluster: string): Promise<PostgresWatch> {
  const [pid, , , port, host = ''] = (await readFile(join(cluster, 'postmaster.pid'), 'utf8')).split('\n');
  const name = 'baton';
  const { sql, close } = connect({ host, port: Number(port), user: name, database: name }, { queries: 1, commits: 1 });
  return {
    cpuSeconds: async () => (await cpuSeconds(Number(pid))) ?? 0,
    async transactions() {
      const [row] = await sql<{ count: string }[]>`
        select xact_commit as count from pg_stat_database where datname = ${name}`;
      return Number(row?.count ?? 0);
    },
    close,
  };
}
