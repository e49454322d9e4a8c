import { hostname } from 'node:os';
import postgres from 'postgres';
import { SUPERUSER } from './cluster.ts';
import type { Address } from './postmaster.ts';

/** Proof that this process alone owns the cluster: a lock that lives exactly as long as its connection. */
export interface Ownership {
  sql: postgres.Sql;
  /** Resolves when its connection ends before it is released. */
  lost: Promise<void>;
  release(): Promise<void>;
}

export class FolderInUse extends Error {
  override name = 'FolderInUse';
  constructor(dataDir: string, holder: string) {
    super(
      `${dataDir} is in use by another Baton server (${holder}). Stop that one first, or set DATA_DIR to another folder.`,
    );
  }
}

// Any two numbers will do, as long as they never change: "BATO", "N".
const LOCK = [0x4241544f, 0x4e] as const;

/**
 * Takes the lock on the Postgres that listens there. 'absent' when none does, 'busy' when it does not serve just now; throws
 * `FolderInUse` when another server has the lock.
 */
export async function takeOwnership(
  { socketFolder, port }: Address,
  dataDir: string,
): Promise<Ownership | 'absent' | 'busy'> {
  const { promise: lost, resolve: lose } = Promise.withResolvers<void>();
  let held = false;
  const sql = postgres({
    host: socketFolder,
    port,
    user: SUPERUSER,
    database: 'postgres',
    max: 1,
    idle_timeout: 0,
    max_lifetime: null,
    connect_timeout: 5,
    fetch_types: false,
    onnotice: () => {},
    // The name is how a second server learns who has the folder. A server that is just ending is worth a short wait.
    connection: { application_name: `process ${process.pid} on ${hostname()}`.slice(0, 63), lock_timeout: 300 },
    onclose: () => {
      if (held) lose();
      held = false;
    },
  });
  const release = () => {
    held = false;
    return sql.end({ timeout: 0 });
  };
  try {
    await sql`select pg_advisory_lock(${LOCK[0]}, ${LOCK[1]})`;
    held = true;
    return { sql, lost, release };
  } catch (error) {
    const code = codeOf(error);
    const holder = code === LOCK_NOT_AVAILABLE ? await findHolder(sql) : undefined;
    await release();
    if (holder) throw new FolderInUse(dataDir, holder);
    if (ABSENT.has(code)) return 'absent';
    if (isGone(error)) return 'busy';
    throw error;
  }
}

const LOCK_NOT_AVAILABLE = '55P03';
const ABSENT = new Set(['ENOENT', 'ECONNREFUSED']);
// It starts, recovers or stops; or it went away, or let the lock go, while we asked.
const BUSY = new Set([
  '57P03',
  '57P01',
  '57P02',
  'ECONNRESET',
  'EPIPE',
  'CONNECTION_CLOSED',
  'CONNECT_TIMEOUT',
  LOCK_NOT_AVAILABLE,
]);

/** Whether that is how a Postgres fails that starts, recovers or stops, or went away in the middle. */
export function isGone(error: unknown): boolean {
  return ABSENT.has(codeOf(error)) || BUSY.has(codeOf(error));
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

async function findHolder(sql: postgres.Sql): Promise<string | undefined> {
  const rows = await sql<{ name: string }[]>`
    select application_name as name from pg_stat_activity join pg_locks using (pid)
    where locktype = 'advisory' and granted and classid = ${LOCK[0]} and objid = ${LOCK[1]}`;
  return rows[0]?.name;
}
