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
 * Never hand this client to Drizzle, which replaces the serialisers of any client it is given. Generic plans are forced:
 * the queues are empty whenever nothing is due, and a plan made for their contents of one moment is wrong in the next.
 */
export function connectCommits(address: DatabaseAddress, max: number): Sql {
  return openClient(address, { max, prepare: true, connection: { plan_cache_mode: 'force_generic_plan' } });
}

export function openClient(address: DatabaseAddress, options: postgres.Options<Record<string, never>>): Sql {
  const all = {
    ...options,
    onnotice: () => {},
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
