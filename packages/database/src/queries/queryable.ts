import type { PgDatabase } from 'drizzle-orm/pg-core';
import type { PostgresJsQueryResultHKT } from 'drizzle-orm/postgres-js';

/** A Drizzle database or transaction over postgres.js. */
export type Queryable = PgDatabase<PostgresJsQueryResultHKT>;
