import { randomBytes } from 'node:crypto';
import postgres from 'postgres';
import { inject } from 'vitest';
import { TEMPLATE, databaseUrl } from './database-url.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The run's PostgreSQL. Tests take a database of their own from it, by `createTestDatabase`. */
    postgresUrl: string;
  }
}

export interface TestDatabase {
  /** Good for `postgres(url)` and as a spawned server's `DATABASE_URL`. */
  url: string;
  /** Removes the database, ending connections that are still open. */
  drop(): Promise<void>;
}

export interface TestDatabaseOptions {
  /** Start from an empty database instead of the migrated one: for tests of the migrations themselves. */
  empty?: boolean;
}

/** A database of its own for a test file, a copy of the migrated template. Needs the project's global setup. */
export async function createTestDatabase({ empty = false }: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const serverUrl = inject('postgresUrl');
  const name = `test_${randomBytes(8).toString('hex')}`;
  // With fsync off, copying files beats writing every page through the log.
  await administer(
    serverUrl,
    (sql) => sql`create database ${sql(name)} template ${sql(empty ? 'template1' : TEMPLATE)} strategy file_copy`,
  );
  return {
    url: databaseUrl(serverUrl, name),
    drop: () => administer(serverUrl, (sql) => sql`drop database if exists ${sql(name)} with (force)`),
  };
}

async function administer(url: string, act: (sql: postgres.Sql) => PromiseLike<unknown>): Promise<void> {
  const sql = postgres(url, { max: 1, fetch_types: false, onnotice: () => {} });
  try {
    await act(sql);
  } finally {
    await sql.end();
  }
}
