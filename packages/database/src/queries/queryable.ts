import type { PgDatabase } from 'drizzle-orm/pg-core';
import type { PostgresJsQueryResultHKT } from 'drizzle-orm/postgres-js';

/** Drizzle over postgres.js, or a transaction of it: what every query of this folder takes first. */
export type Queryable = PgDatabase<PostgresJsQueryResultHKT>;
