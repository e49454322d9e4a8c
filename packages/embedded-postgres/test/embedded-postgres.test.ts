import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { findBinaries } from '../src/binaries.ts';
import { type EmbeddedPostgres, FolderInUse, startEmbeddedPostgres } from '../src/index.ts';

// mkdtemp closes the folder to other accounts: as root, each test runs PostgreSQL below a folder that it cannot enter.
const base = mkdtempSync(join(tmpdir(), 'baton-embedded-'));
const dataDir = join(base, 'data');
const cluster = join(dataDir, 'postgres');
const asRoot = process.getuid?.() === 0;
const linux = process.platform === 'linux';

// The tests start and kill processes, which takes long on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.toReversed()) await cleanUp();
  cleanUps = [];
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

/** Starts in the shared folder and stops when the test ends. `logged(text)` resolves once a log line contains the text. */
async function start(options: { dataDir?: string; settings?: Record<string, string> } = {}) {
  const lines: string[] = [];
  let wake = () => {};
  const server = await startEmbeddedPostgres({
    dataDir,
    ...options,
    log: (line) => {
      lines.push(line);
      wake();
    },
  });
  cleanUps.push(() => server.stop());
  const logged = async (text: string) => {
    while (!lines.some((line) => line.includes(text))) await new Promise<void>((resolve) => (wake = resolve));
  };
  return { ...server, logged, lines };
}

function open({ connection }: Pick<EmbeddedPostgres, 'connection'>, options: postgres.Options<{}> = {}) {
  const sql = postgres({ ...connection, max: 1, onnotice: () => {}, ...options });
  cleanUps.push(() => sql.end({ timeout: 0 }));
  return sql;
}

/** Runs a server in its own process, for tests that kill it. */
async function startProcess(): Promise<ChildProcess> {
  const child = fork(new URL('./owner-process.ts', import.meta.url), [dataDir]);
  cleanUps.push(() => child.kill('SIGKILL'));
  await once(child, 'message');
  return child;
}

async function killNow(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

function pidFile(): string[] {
  return readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
}

const postmasterPid = () => Number(pidFile()[0]);

beforeAll(async () => {
  const starts = await Promise.allSettled([startEmbeddedPostgres({ dataDir }), startEmbeddedPostgres({ dataDir })]);
  const servers = starts.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  expect(servers, 'one of two concurrent first starts gets the folder').toHaveLength(1);
  expect(starts.find((result) => result.status === 'rejected')?.reason).toBeInstanceOf(FolderInUse);
  const sql = postgres({ ...servers[0]!.connection, max: 1 });
  await sql`create table kept (word text)`;
  await sql`insert into kept values ('first')`;
  await sql.end();
  await servers[0]!.stop();
});

test('creates one complete cluster that other accounts cannot open', () => {
  expect(readdirSync(dataDir)).toEqual(['postgres']);
  expect(statSync(cluster).mode & 0o777).toBe(0o700);
});

test('listens on its socket only, uses UTC and fsync, and 4 MB WAL segments', async () => {
  const sql = open(await start());
  const rows = await sql<{ name: string; setting: string }[]>`select name, setting from pg_settings
    where name in ('listen_addresses', 'unix_socket_permissions', 'TimeZone', 'fsync', 'synchronous_commit', 'full_page_writes', 'wal_segment_size')`;
  expect(Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))).toEqual({
    listen_addresses: '',
    unix_socket_permissions: '0700',
    TimeZone: 'UTC',
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    wal_segment_size: String(4 * 2 ** 20),
  });
});

test('gives the server a role that owns its database and is no superuser', async () => {
  const sql = open(await start());
  const rows = await sql`select usesuper, pg_get_userbyid(datdba) = current_user as owns
    from pg_user, pg_database where usename = current_user and datname = current_database()`;
  expect(rows).toEqual([{ usesuper: false, owns: true }]);
});

test('rejects a second server on the folder and names the owner', async () => {
  await start();
  const second = startEmbeddedPostgres({ dataDir });
  await expect(second).rejects.toThrow(FolderInUse);
  await expect(second).rejects.toThrow(`process ${process.pid} on`);
});

test('frees the folder as soon as its server has stopped', async () => {
  const first = await start();
  const [, second] = await Promise.all([first.stop(), startEmbeddedPostgres({ dataDir })]);
  cleanUps.push(() => second.stop());
  expect(await open(second)`select word from kept`).toEqual([{ word: 'first' }]);
});

test('allows stopping twice', async () => {
  const server = await start();
  await server.stop();
  await expect(server.stop()).resolves.toBeUndefined();
});

test('restarts a killed PostgreSQL with all committed rows', async () => {
  const server = await start();
  const before = open(server);
  await before`insert into kept values ('just committed')`;
  process.kill(postmasterPid(), 'SIGKILL');
  await server.logged('is running again');
  const sql = open(server);
  expect(await sql`delete from kept where word = 'just committed' returning word`).toHaveLength(1);
  await expect(startEmbeddedPostgres({ dataDir }), 'it has its owner again').rejects.toThrow(FolderInUse);
});

test('tells a server that another one took the folder, and spares that PostgreSQL', async () => {
  let lost: (error: unknown) => void = () => {};
  const loss = new Promise<unknown>((resolve) => (lost = resolve));
  const first = await startEmbeddedPostgres({ dataDir, onLost: lost });
  cleanUps.push(() => first.stop());
  const superuser = open({ connection: first.superuser });

  const second = startEmbeddedPostgres({ dataDir });
  cleanUps.push(async () => (await second).stop());
  const waitingLocks = () => superuser`select from pg_locks where locktype = 'advisory' and not granted`;
  while ((await waitingLocks()).length === 0);
  await superuser`select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted`;

  expect(await loss).toBeInstanceOf(FolderInUse);
  await first.stop();
  expect(await open(await second)`select word from kept`).toEqual([{ word: 'first' }]);
});

test.runIf(linux)('restarts despite a backend that a killed PostgreSQL left in an endless query', async () => {
  const server = await start();
  let running = () => {};
  const looping = new Promise<void>((resolve) => (running = resolve));
  const busy = open(server, { onnotice: () => running() });
  const query = busy`do $$ begin raise notice 'looping'; loop end loop; end $$`.catch(() => 'ended');
  await looping;
  process.kill(postmasterPid(), 'SIGKILL');
  await server.logged('is running again');
  expect(await query).toBe('ended');
  expect(await open(server)`select word from kept`).toEqual([{ word: 'first' }]);
});

test('adopts the running PostgreSQL of a killed server', async () => {
  const child = await startProcess();
  const pid = postmasterPid();
  await killNow(child);
  const server = await start();
  expect(postmasterPid()).toBe(pid);
  expect(await open(server)`select word from kept`).toEqual([{ word: 'first' }]);
});

test('restarts the PostgreSQL of a killed server if the settings have changed', async () => {
  const child = await startProcess();
  const pid = postmasterPid();
  await killNow(child);
  const server = await start({ settings: { work_mem: '4MB' } });
  expect(postmasterPid()).not.toBe(pid);
  expect(await open(server)`show work_mem`).toEqual([{ work_mem: '4MB' }]);
});

test.runIf(linux)('removes lock files that name a zombie or another program', async () => {
  const child = await startProcess();
  const [pid, ...rest] = pidFile();
  await killNow(child);
  process.kill(Number(pid), 'SIGKILL');
  // Only a process of the same account keeps PostgreSQL from starting.
  const { uid, gid } = statSync(cluster);
  const stranger = spawn('sh', ['-c', 'true & echo $!; exec sleep 1000'], asRoot ? { uid, gid } : {});
  cleanUps.push(() => killNow(stranger));
  const [zombie] = (await once(stranger.stdout, 'data')) as [Buffer];
  writeFileSync(join(cluster, 'postmaster.pid'), [stranger.pid, ...rest].join('\n'));
  writeFileSync(join(cluster, '.s.PGSQL.5432.lock'), [zombie.toString().trim(), ...rest].join('\n'));

  const server = await start();
  expect(server.lines).toContain('Removing the lock files of a PostgreSQL that has ended.');
  expect(await open(server)`select word from kept`).toEqual([{ word: 'first' }]);
});

test('accepts a long path with shell metacharacters', async () => {
  const odd = join(base, `it's "$HOME" \`id\` \\ a, b`, 'long '.repeat(20).trim());
  mkdirSync(join(odd, '..'));
  renameSync(dataDir, odd);
  cleanUps.push(() => renameSync(odd, dataDir));
  const server = await start({ dataDir: odd });
  expect(server.connection.host.startsWith(odd)).toBe(false);
  expect(statSync(server.connection.host).mode & 0o777).toBe(0o700);
  expect(await open(server)`select word from kept`).toEqual([{ word: 'first' }]);
  await server.stop();
  expect(existsSync(server.connection.host)).toBe(false);
});

test('keeps the socket in a folder with a short path and shell metacharacters', async () => {
  const odd = join(base, `a "b", c's`);
  renameSync(dataDir, odd);
  cleanUps.push(() => renameSync(odd, dataDir));
  const server = await start({ dataDir: odd });
  expect(server.connection.host).toBe(join(odd, 'postgres'));
  expect(await open(server)`select word from kept`).toEqual([{ word: 'first' }]);
});

test.runIf(asRoot && linux)(
  'runs as another account if root, with one capability only below closed folders',
  async () => {
    const capabilities = () => {
      const status = readFileSync(`/proc/${postmasterPid()}/status`, 'utf8');
      expect(/^Uid:\t(\d+)/m.exec(status)?.[1]).toBe(String(statSync(cluster).uid));
      return /^CapEff:\t0*(\w+)$/m.exec(status)?.[1];
    };
    expect(statSync(cluster).uid).not.toBe(0);
    const server = await start();
    expect(capabilities(), 'dac_override').toBe('2');
    await server.stop();

    chmodSync(base, 0o711);
    chmodSync(dataDir, 0o711);
    cleanUps.unshift(() => chmodSync(base, 0o700));
    await start();
    expect(capabilities(), 'none').toBe('0');
  },
);

test.runIf(asRoot && linux)('changes the owner of a cluster that root copied or restored', async () => {
  const copy = join(base, 'copy');
  await once(spawn('cp', ['-r', dataDir, copy]), 'exit');
  expect(statSync(join(copy, 'postgres')).uid).toBe(0);
  const server = await start({ dataDir: copy });
  expect(await open(server)`select word from kept`).toEqual([{ word: 'first' }]);
});

test('rejects a cluster of another major version with an explanation', async () => {
  const old = join(base, 'old');
  mkdirSync(join(old, 'postgres'), { recursive: true });
  writeFileSync(join(old, 'postgres', 'PG_VERSION'), '17\n');
  await expect(startEmbeddedPostgres({ dataDir: old })).rejects.toThrow('made by PostgreSQL 17');
});

test('names DATABASE_URL if the platform package is missing', () => {
  expect(() => findBinaries(base)).toThrow('Set DATABASE_URL');
});
