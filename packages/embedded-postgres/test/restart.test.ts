import { mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, expect, test, vi } from 'vitest';
import { startEmbeddedPostgres } from '../src/index.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'baton-restart-'));
const cluster = join(dataDir, 'postgres');
/** PostgreSQL cannot start without this folder. */
const globalFolder = join(cluster, 'global');

vi.setConfig({ testTimeout: 120_000 });
/** Repeated starts take long on a busy machine. */
const PATIENCE = { timeout: 50_000 };

const TRIES_AGAIN = 'The embedded PostgreSQL ended while it started. Trying again.';
const RUNS_AGAIN = 'The embedded PostgreSQL is running again.';

const lines: string[] = [];
const lost = vi.fn();
const server = await startEmbeddedPostgres({ dataDir, log: (line) => lines.push(line), onLost: lost });
afterAll(async () => {
  await server.stop();
  rmSync(dataDir, { recursive: true });
});

/** Kills PostgreSQL and prevents its start. */
function breakPostgres(): void {
  renameSync(globalFolder, `${globalFolder}-away`);
  process.kill(Number.parseInt(readFileSync(join(cluster, 'postmaster.pid'), 'utf8')), 'SIGKILL');
}
const repairPostgres = () => renameSync(`${globalFolder}-away`, globalFolder);

test('[TIME-2] restarts a PostgreSQL that ends during recovery, with all committed rows', async () => {
  const before = postgres({ ...server.connection, max: 1 });
  await before`create table kept as select 'first' as word`;
  await before.end();
  breakPostgres();
  await vi.waitUntil(() => lines.includes(TRIES_AGAIN), PATIENCE);
  repairPostgres();
  await vi.waitUntil(() => lines.includes(RUNS_AGAIN), PATIENCE);
  const sql = postgres({ ...server.connection, max: 1 });
  expect(await sql`select word from kept`).toEqual([{ word: 'first' }]);
  await sql.end();
  expect(lost).not.toHaveBeenCalled();
});

test('owns a running PostgreSQL exactly once after losing the connection 30 times', async () => {
  lines.length = 0;
  const superuser = postgres({ ...server.superuser, max: 1 });
  await superuser`do $$ declare ended int := 0; last int := 0; holder int; begin
    while ended < 30 loop
      select pid into holder from pg_locks where locktype = 'advisory' and granted and pid <> last;
      if found then perform pg_terminate_backend(holder); last := holder; ended := ended + 1; end if;
    end loop; end $$`;
  const owners = () => superuser<{ holds: boolean }[]>`
    select exists (select from pg_locks l where l.pid = a.pid and locktype = 'advisory' and granted) as holds
    from pg_stat_activity a where application_name like ${`process ${process.pid} %`}`;
  await vi.waitFor(async () => expect([...(await owners())]).toEqual([{ holds: true }]), PATIENCE);
  await superuser.end();
  expect(lost).not.toHaveBeenCalled();
});

test('reports a PostgreSQL that does not start after four attempts', async () => {
  lines.length = 0;
  breakPostgres();
  await vi.waitUntil(() => lost.mock.calls.length > 0, PATIENCE);
  expect(String(lost.mock.calls[0]?.[0])).toContain('The embedded PostgreSQL did not start');
  expect(lines.filter((line) => line === TRIES_AGAIN)).toHaveLength(3);
  repairPostgres();
});
