import { createHash, randomBytes } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { type Account, chooseAccount, handOver, handOverAll, runAs } from './account.ts';
import { type Binaries, POSTGRES_MAJOR } from './binaries.ts';
import { run } from './run.ts';

/** A folder that holds a PostgreSQL cluster, and whom it belongs to. */
export interface Cluster {
  folder: string;
  account: Account | undefined;
  /** In the command line of each of its processes. It follows the folder's inode: a moved cluster keeps it, a copy does not. */
  name: string;
}

export const SETTINGS_FILE = 'baton.conf';
export const SUPERUSER = 'postgres';

const AUTHENTICATION = `# The socket is closed to other accounts. Nothing listens on TCP unless a setting turns that on; it then takes a password.
local all all trust
host all all 127.0.0.1/32 scram-sha-256
`;

/** Opens the cluster below `dataDir`, making it at the first start. */
export async function openCluster(dataDir: string, binaries: Binaries): Promise<Cluster> {
  const folder = join(dataDir, 'postgres');
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const account = chooseAccount(folder);
  refuseForeignFolder(folder);
  if (!isCluster(folder)) await createCluster(dataDir, folder, account, binaries);

  const major = readFileSync(join(folder, 'PG_VERSION'), 'utf8').trim();
  if (major !== POSTGRES_MAJOR) {
    throw new Error(
      `${folder} was made by PostgreSQL ${major}, and this version of Baton brings PostgreSQL ${POSTGRES_MAJOR}.`,
    );
  }
  const { dev, ino, uid } = statSync(folder);
  if (account && uid === 0) handOverAll(folder, account);
  const name = `baton-${createHash('sha256').update(`${dev}:${ino}`).digest('hex').slice(0, 16)}`;
  return { folder, account, name };
}

/** Made aside and renamed, so that a start that was cut short leaves no half-made cluster behind. */
async function createCluster(dataDir: string, folder: string, account: Account | undefined, binaries: Binaries) {
  removeAbandoned(dataDir);
  const draft = join(dataDir, `postgres.new-${process.pid}-${randomBytes(4).toString('hex')}`);
  mkdirSync(draft, { mode: 0o700 });
  handOver(draft, account, 0o700);

  const locale = ['--no-locale', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '-E', 'UTF8'];
  // Commits wait while a new segment of the log is made: 3 ms for 4 MB, but 12 for the usual 16 (ADR 0198).
  const log = ['--wal-segsize=4'];
  const command = [binaries.initdb, '-D', '.', '-U', SUPERUSER, ...locale, ...log, '--auth=trust', '--no-sync'];
  const { code, output } = await run(runAs(account, command, [draft, binaries.postgres]), draft);
  if (code !== 0) {
    rmSync(draft, { recursive: true, force: true });
    throw new Error(`PostgreSQL could not make a cluster in ${dataDir}:\n${output}`);
  }

  writeFileSync(join(draft, 'pg_hba.conf'), AUTHENTICATION);
  appendFileSync(join(draft, 'postgresql.conf'), `\ninclude '${SETTINGS_FILE}'\n`);
  try {
    renameSync(draft, folder);
  } catch (error) {
    // Another server's first start in the same folder was faster; its cluster is as good.
    rmSync(draft, { recursive: true });
    if (!isCluster(folder)) throw error;
  }
}

function refuseForeignFolder(folder: string): void {
  const owner = statSync(folder, { throwIfNoEntry: false })?.uid;
  const self = process.getuid?.();
  if (owner === undefined || self === 0 || owner === self) return;
  throw new Error(`${folder} belongs to another account (uid ${owner}). Start the server as that account.`);
}

function isCluster(folder: string): boolean {
  return existsSync(join(folder, 'PG_VERSION'));
}

function removeAbandoned(dataDir: string): void {
  for (const name of readdirSync(dataDir)) {
    const pid = /^postgres\.new-(\d+)-/.exec(name)?.[1];
    if (pid && !isAlive(Number(pid))) rmSync(join(dataDir, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
