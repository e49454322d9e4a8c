import { type PostgresJsDatabase, drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';

/** Address of PostgreSQL: a URL, or the `connection` of an embedded PostgreSQL. */
export type DatabaseAddress = string | { host: string; port: number; user: string; database: string };

export type Sql = postgres.Sql;
export type Database = PostgresJsDatabase;

export interface Connections {
  /** Drizzle, for queries outside the hot path. */
  db: Database;
  /** The client of the hot path: prepared statements, generic plans, the driver's own serializers. */
  sql: Sql;
  /** Waits up to five seconds for running queries. */
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
 * Settings that leave only index probes as plans. Statements are planned once, often while tables are empty and a scan looks
 * cheap, and the plan stays while tables grow (ADR 16).
 */
const INDEX_PROBES_ONLY = {
  plan_cache_mode: 'force_generic_plan',
  enable_seqscan: 'off',
  enable_bitmapscan: 'off',
  jit: 'off',
};

/** Never pass this client to Drizzle, which replaces a client's serializers. */
function connectCommits(address: DatabaseAddress, max: number): Sql {
  return openClient(address, { max, prepare: true, connection: INDEX_PROBES_ONLY });
}

export function openClient(address: DatabaseAddress, options: postgres.Options<Record<string, never>>): Sql {
  const all = {
    ...options,
    onnotice: () => {},
    // The driver would run an own query on each new connection without handling its failure. Arrays are sent as JSON instead.
    fetch_types: false,
    // Callers should learn soon that the database is unavailable.
    connect_timeout: 3,
    backoff: (attempt: number) => Math.min(0.05 * 2 ** attempt, 0.5),
    connection: {
      application_name: 'baton',
      TimeZone: 'UTC',
      // A node that is paused within a transaction must not keep its row locks.
      idle_in_transaction_session_timeout: 10_000,
      statement_timeout: 30_000,
      ...options.connection,
    },
  };
  return typeof address === 'string' ? postgres(address, all) : postgres({ ...address, ...all });
}
