import { type PostgresJsDatabase, drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';

/** How to reach PostgreSQL: a URL, or what `startEmbeddedPostgres` gives as its `connection`. */
export type DatabaseAddress = string | { host: string; port: number; user: string; database: string };

export type Sql = postgres.Sql;
export type Database = PostgresJsDatabase;

export interface Connections {
  /** Drizzle, for everything outside the hot path. */
  db: Database;
  /** The hot path's own client: prepared statements, generic plans, serialisers that nobody has changed. */
  sql: Sql;
  /** Waits up to five seconds for queries under way. */
  close(): Promise<void>;
}

export interface PoolSizes {
  queries?: number;
  commits?: number;
}

export function connect(address: DatabaseAddress, { queries = 10, commits = 4 }: PoolSizes = {}): Connections {
  const queryClient = openClient(address, { max: queries });
  const sql = connectCommits(address, commits);
  return {
    db: drizzle(queryClient),
    sql,
    close: async () => {
      await Promise.all([queryClient.end({ timeout: 5 }), sql.end({ timeout: 5 })]);
    },
  };
}

/**
 * The hot path knows one way to a row: a nested loop that probes an index. Statements are planned once, often while tables are
 * empty and a scan looks cheap, and the plan is kept while they grow (ADR 16).
 */
const PROBES_ONLY = {
  plan_cache_mode: 'force_generic_plan',
  enable_seqscan: 'off',
  enable_bitmapscan: 'off',
  jit: 'off',
};

/** Never hand this client to Drizzle, which replaces the serialisers of any client it is given. */
function connectCommits(address: DatabaseAddress, max: number): Sql {
  return openClient(address, { max, prepare: true, connection: PROBES_ONLY });
}

export function openClient(address: DatabaseAddress, options: postgres.Options<Record<string, never>>): Sql {
  const all = {
    ...options,
    onnotice: () => {},
    // Asked by the driver itself on each new connection, and awaited by nobody: a database that dies in that moment would end
    // the process. Arrays go as JSON.
    fetch_types: false,
    // An absent database is an answer to give now, not a queue to stand in.
    connect_timeout: 3,
    backoff: (attempt: number) => Math.min(0.05 * 2 ** attempt, 0.5),
    connection: {
      application_name: 'baton',
      TimeZone: 'UTC',
      // A node that was paused in the middle of a transaction must not keep rows from the others.
      idle_in_transaction_session_timeout: 10_000,
      statement_timeout: 30_000,
      ...options.connection,
    },
  };
  return typeof address === 'string' ? postgres(address, all) : postgres({ ...address, ...all });
}
