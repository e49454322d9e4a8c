import { chmodSync, chownSync, lchownSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The system account that PostgreSQL runs as. PostgreSQL refuses root, so a server started as root chooses another account. */
export interface Account {
  uid: number;
  gid: number;
}

const NOBODY: Account = { uid: 65534, gid: 65534 };

/** The account for the cluster in `folder`: its owner, else `postgres`, else `nobody`. Undefined unless this process is root. */
export function chooseAccount(folder: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const owner = statSync(folder, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  return findAccount('postgres') ?? findAccount('nobody') ?? NOBODY;
}

function findAccount(name: string): Account | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined;
}

/** Puts `setpriv` before a command if it must run as another account. The command must be able to reach `paths`. */
export function runAs(account: Account | undefined, command: string[], paths: string[]): string[] {
  if (!account) return command;
  if (process.platform !== 'linux')
    throw new Error('Start the server as an ordinary user: PostgreSQL refuses to run as root.');
  const identity = ['--reuid', String(account.uid), '--regid', String(account.gid), '--clear-groups'];
  return ['setpriv', ...identity, ...(paths.every(isOpen) ? [] : REACH_CLOSED_FOLDERS), '--', ...command];
}

// Below a closed folder (/root, or a folder made under umask 077) the account could not reach its own files.
const REACH_CLOSED_FOLDERS = [
  '--inh-caps=-all,+dac_override',
  '--ambient-caps=-all,+dac_override',
  '--securebits=+no_setuid_fixup',
];

function isOpen(path: string): boolean {
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
    if ((statSync(folder).mode & 0o001) === 0) return false;
  }
  return true;
}

/** Makes the account the owner of one file or folder, with these permissions. */
export function setOwner(path: string, account: Account | undefined, mode: number): void {
  chmodSync(path, mode);
  if (account) chownSync(path, account.uid, account.gid);
}

/** Makes the account the owner of a whole cluster: a cluster that root restored or copied belongs to root. */
export function setOwnerOfAll(folder: string, account: Account): void {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    lchownSync(join(folder, name), account.uid, account.gid);
  }
  chownSync(folder, account.uid, account.gid);
}
