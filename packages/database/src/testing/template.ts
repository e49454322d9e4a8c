import postgres from 'postgres';
import { migrate } from '../migrate.ts';
import { TEMPLATE, databaseUrl } from './database-url.ts';

/** Makes the migrated database that test databases are copies of. `serverUrl` is the maintenance database's. */
export async function makeTemplate(serverUrl: string): Promise<void> {
  const sql = postgres(serverUrl, { max: 1 });
  await sql`create database ${sql(TEMPLATE)} strategy file_copy`;
  await sql.end();
  await migrate(databaseUrl(serverUrl, TEMPLATE));
}
