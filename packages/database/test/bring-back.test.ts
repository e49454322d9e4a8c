import { mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, expect, test, vi } from 'vitest';
import { startEmbeddedPostgres } from '../src/embedded/index.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'baton-bring-back-'));
const cluster = join(dataDir, 'postgres');
/** What PostgreSQL cannot start without. */
const vital = join(cluster, 'global');

vi.setConfig({ testTimeout: 120_000 });
/** A PostgreSQL that starts over and over takes its time on a busy machine. */
const UNTIL = { timeout: 50_000 };

const TRIES_AGAIN = 'The embedded PostgreSQL ended while it started. Trying again.';
const IS_BACK = 'The embedded PostgreSQL is back.';

const lines: string[] = [];
const lost = vi.fn();
const server = await startEmbeddedPostgres({ dataDir, log: (line) => lines.push(line), onLost: lost });
afterAll(async () => {
  await server.stop();
  rmSync(dataDir, { recursive: true });
});

/** Postgres is killed, and ends again whenever it starts. */
function end(): void {
  renameSync(vital, `${vital}-away`);
  process.kill(Number.parseInt(readFileSync(join(cluster, 'postmaster.pid'), 'utf8')), 'SIGKILL');
}
const mend = () => renameSync(`${vital}-away`, vital);

test('[TIME-2] a Postgres that ends while it recovers is started again, with all that was committed', async () => {
  const before = postgres({ ...server.connection, max: 1 });
  await before`create table kept as select 'first' as word`;
  await before.end();
  end();
  await vi.waitUntil(() => lines.includes(TRIES_AGAIN), UNTIL);
  mend();
  await vi.waitUntil(() => lines.includes(IS_BACK), UNTIL);
  const sql = postgres({ ...server.connection, max: 1 });
  expect(await sql`select word from kept`).toEqual([{ word: 'first' }]);
  await sql.end();
  expect(lost).not.toHaveBeenCalled();
});

test('however often its connection is lost while it is looked at, a running Postgres is owned again, once', async () => {
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
  await vi.waitFor(async () => expect([...(await owners())]).toEqual([{ holds: true }]), UNTIL);
  await superuser.end();
  expect(lost).not.toHaveBeenCalled();
});

test('a Postgres that does not start any more is given up after some tries, in words', async () => {
  lines.length = 0;
  end();
  await vi.waitUntil(() => lost.mock.calls.length > 0, UNTIL);
  expect(String(lost.mock.calls[0]?.[0])).toContain('The embedded PostgreSQL did not start');
  expect(lines.filter((line) => line === TRIES_AGAIN)).toHaveLength(3);
  mend();
});
