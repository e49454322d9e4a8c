import { cpus, loadavg, totalmem } from 'node:os';
import { withDatabase } from './database.ts';

/** On what, and with which settings, the figures were measured. */
export async function environment(): Promise<Record<string, string | number>> {
  const settings = await withDatabase(async (database) => {
    const { sql, close } = database.open('baton', { commits: 1, queries: 1 });
    const names = ['server_version', 'fsync', 'synchronous_commit', 'wal_level', 'shared_buffers', 'max_connections'];
    const rows = await sql<{ name: string; setting: string }[]>`
      select name, current_setting(name) as setting from pg_settings where name in ${sql(names)} order by name`;
    await close();
    return Object.fromEntries(rows.map(({ name, setting }) => [`PostgreSQL ${name}`, setting]));
  });
  return {
    'when it began': new Date().toISOString(),
    processors: cpus().length,
    'processor model': cpus()[0]?.model ?? '',
    'memory, GiB': Math.round(totalmem() / 2 ** 30),
    'load of the machine before': Number((loadavg()[0] ?? 0).toFixed(1)),
    Node: process.version,
    ...settings,
    'connections of the server': '10 for queries, 4 for commits, 2 commits at once',
  };
}
