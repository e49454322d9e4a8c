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
import { type Account, chooseAccount, runAs, setOwner, setOwnerOfAll } from './account.ts';
import { type Binaries, POSTGRES_MAJOR } from './binaries.ts';
import { runProgram } from './run-program.ts';

/** A folder that holds a PostgreSQL cluster, and the account that owns it. */
export interface Cluster {
  folder: string;
  account: Account | undefined;
  /** In the command line of each process. Made from the folder's inode: a moved cluster keeps the name, a copy gets another. */
  name: string;
}

export const SETTINGS_FILE = 'baton.conf';
export const SUPERUSER = 'postgres';

const AUTHENTICATION = `# Other accounts cannot open the socket. PostgreSQL listens on TCP only if a setting says so, and then asks for a password.
local all all trust
host all all 127.0.0.1/32 scram-sha-256
`;

/** Opens the cluster below `dataDir`. The first start creates it. */
export async function openCluster(dataDir: string, binaries: Binaries): Promise<Cluster> {
  const folder = join(dataDir, 'postgres');
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const account = chooseAccount(folder);
  refuseForeignFolder(folder);
  if (!isCluster(folder)) await createCluster(dataDir, folder, account, binaries);

  const major = readFileSync(join(folder, 'PG_VERSION'), 'utf8').trim();
  if (major !== POSTGRES_MAJOR) {
    throw new Error(
      `${folder} was made by PostgreSQL ${major}; this version of Baton needs one made by PostgreSQL ${POSTGRES_MAJOR}.`,
    );
  }
  const { dev, ino, uid } = statSync(folder);
  if (account && uid === 0) setOwnerOfAll(folder, account);
  const name = `baton-${createHash('sha256').update(`${dev}:${ino}`).digest('hex').slice(0, 16)}`;
  return { folder, account, name };
}

/** Creates the cluster under another name and renames it, so that an interrupted start leaves no incomplete cluster. */
async function createCluster(dataDir: string, folder: string, account: Account | undefined, binaries: Binaries) {
  removeAbandonedDrafts(dataDir);
  const draft = join(dataDir, `postgres.new-${process.pid}-${randomBytes(4).toString('hex')}`);
  mkdirSync(draft, { mode: 0o700 });
  setOwner(draft, account, 0o700);

  const locale = ['--no-locale', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '-E', 'UTF8'];
  // Commits wait while PostgreSQL creates a WAL segment: 3 ms for 4 MB, 12 ms for the default 16 MB (ADR 18).
  const wal = ['--wal-segsize=4'];
  const command = [binaries.initdb, '-D', '.', '-U', SUPERUSER, ...locale, ...wal, '--auth=trust', '--no-sync'];
  const { code, output } = await runProgram(runAs(account, command, [draft, binaries.postgres]), draft);
  if (code !== 0) {
    rmSync(draft, { recursive: true, force: true });
    throw new Error(`PostgreSQL could not create a cluster in ${dataDir}:\n${output}`);
  }

  writeFileSync(join(draft, 'pg_hba.conf'), AUTHENTICATION);
  appendFileSync(join(draft, 'postgresql.conf'), `\ninclude '${SETTINGS_FILE}'\n`);
  try {
    renameSync(draft, folder);
  } catch (error) {
    // Another server created the cluster first.
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

function removeAbandonedDrafts(dataDir: string): void {
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
