import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type DatabaseAddress, openClient } from './connect.ts';

export interface MigrateOptions {
  /** Where the `.sql` files are. By default found by `migrationsFolder()`. */
  folder?: string;
  /** Only up to this one. */
  upTo?: string | undefined;
}

/** Any number that nobody else takes: whoever holds it migrates, the others wait and then find nothing to do. */
const MIGRATION_LOCK = 0x6261746f;

/**
 * Brings a database up to date, and gives the names of what was applied. Safe from several nodes at once. Each file is one
 * transaction with its own note of having been applied.
 * @throws when an applied file has changed or is gone: migrations are append-only
 */
export async function migrate(
  address: DatabaseAddress,
  { folder = migrationsFolder(), upTo }: MigrateOptions = {},
): Promise<string[]> {
  const sql = openClient(address, { max: 1, connection: { statement_timeout: 0 } });
  try {
    await sql`select pg_advisory_lock(${MIGRATION_LOCK})`;
    await sql`create table if not exists migrations
      (name text primary key, sha256 text not null, applied_at timestamptz not null default now())`;
    const applied = await sql<{ name: string; sha256: string }[]>`select name, sha256 from migrations`;
    const files = readMigrations(folder);
    for (const { name, sha256 } of applied) {
      if (files.find((file) => file.name === name)?.sha256 !== sha256) {
        throw new Error(`migration ${name} was applied to this database and is not the same in ${folder}`);
      }
    }
    const wanted = files.filter(({ name }) => upTo === undefined || name <= upTo);
    const pending = wanted.filter(({ name }) => !applied.some((row) => row.name === name));
    for (const { name, sha256, statements } of pending) {
      await sql.begin(async (tx) => {
        for (const statement of statements) await tx.unsafe(statement);
        await tx`insert into migrations (name, sha256) values (${name}, ${sha256})`;
      });
    }
    return pending.map(({ name }) => name);
  } finally {
    // The session's end lets go of the lock.
    await sql.end();
  }
}

interface Migration {
  name: string;
  sha256: string;
  statements: string[];
}

function readMigrations(folder: string): Migration[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => {
      const text = readFileSync(join(folder, name), 'utf8');
      return {
        name,
        sha256: createHash('sha256').update(text).digest('hex'),
        statements: text.split('--> statement-breakpoint'),
      };
    });
}

/** `drizzle/` of the project: below `BATON_ROOT` where that is set (the bundle's place says nothing), else beside the sources. */
export function migrationsFolder(): string {
  const root = process.env.BATON_ROOT;
  const folder = root ? join(root, 'drizzle') : fileURLToPath(new URL('../../../drizzle', import.meta.url));
  if (!existsSync(folder)) throw new Error(`no migrations in ${folder}: set BATON_ROOT to the project's folder`);
  return folder;
}
