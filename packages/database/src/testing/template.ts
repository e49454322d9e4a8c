import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';

export const TEMPLATE = 'baton_template';

const MIGRATIONS = new URL('../../../../drizzle/', import.meta.url);

/** Makes the migrated database that test databases are copies of. `url` is the maintenance database's. */
export async function makeTemplate(url: string): Promise<void> {
  const maintenance = postgres(url, { max: 1 });
  await maintenance`create database ${maintenance(TEMPLATE)} strategy file_copy`;
  await maintenance.end();

  const sql = postgres(databaseUrl(url, TEMPLATE), { max: 1, onnotice: () => {} });
  try {
    for (const statement of migrationStatements()) await sql.unsafe(statement);
  } finally {
    await sql.end();
  }
}

function migrationStatements(): string[] {
  const folder = fileURLToPath(MIGRATIONS);
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort();
  return files.flatMap((name) => readFileSync(new URL(name, MIGRATIONS), 'utf8').split('--> statement-breakpoint'));
}

export function databaseUrl(serverUrl: string, database: string): string {
  return Object.assign(new URL(serverUrl), { pathname: `/${database}` }).href;
}
