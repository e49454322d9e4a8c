import { hostname } from 'node:os';
import postgres from 'postgres';
import { SUPERUSER } from './cluster.ts';
import type { Address } from './postmaster.ts';

/** Proof that only this process owns the cluster: an advisory lock that ends with its connection. */
export interface Ownership {
  sql: postgres.Sql;
  /** Resolves if the connection ends before `release`. */
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

// Two arbitrary numbers that must never change: "BATO", "N".
const LOCK = [0x4241544f, 0x4e] as const;

/**
 * Takes the lock of the PostgreSQL that listens at this address. `absent`: none listens. `busy`: it is starting, recovering
 * or stopping.
 * @throws FolderInUse if another server has the lock
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
    // A second server shows this name in its error. A server that is stopping releases the lock within the timeout.
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
// PostgreSQL starts, recovers or stops, or its other owner released the lock after the timeout.
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

/** True if PostgreSQL is absent, starts, recovers, stops, or ended during the query. */
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
