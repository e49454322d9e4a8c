import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type DatabaseAddress, openClient, type Sql } from './connect.ts';
import { areSquashed, SQUASHED_INTO } from './squashed-migrations.ts';

export interface MigrateOptions {
  /** Folder of the `.sql` files. Default: `migrationsFolder()`. */
  folder?: string;
  /** Name of the last file to apply. Default: all files. */
  upTo?: string | undefined;
}

/** Arbitrary key of the advisory lock: one node migrates, and the others wait and then find nothing to do. */
const MIGRATION_LOCK = 0x6261746f;

/**
 * Applies all pending migrations and returns their names. Several nodes may call it at once. Each file and its record commit
 * in one transaction.
 * @throws if an applied file has changed or is missing: migrations are append-only
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
    const files = readMigrations(folder);
    const applied = await readApplied(sql, files);
    for (const { name, sha256 } of applied) {
      if (files.find((file) => file.name === name)?.sha256 !== sha256) {
        throw new Error(`migration ${name} was applied to this database, but differs or is missing in ${folder}`);
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
    // The end of the session releases the lock.
    await sql.end();
  }
}

interface Applied {
  name: string;
  sha256: string;
}

interface Migration extends Applied {
  statements: string[];
}

/** Reads the records of applied migrations. Records of the squashed ones are replaced first. */
async function readApplied(sql: Sql, files: Migration[]): Promise<Applied[]> {
  const applied = await sql<Applied[]>`select name, sha256 from migrations`;
  const replacements = files.filter(({ name }) => SQUASHED_INTO.includes(name));
  if (!areSquashed(applied) || replacements.every(({ sha256 }) => applied.some((it) => it.sha256 === sha256))) {
    return applied;
  }
  await sql.begin(async (tx) => {
    await tx`delete from migrations`;
    for (const { name, sha256 } of replacements) {
      await tx`insert into migrations (name, sha256) values (${name}, ${sha256})`;
    }
  });
  return replacements;
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

/** `drizzle/` of the project: below `BATON_ROOT` if it is set (for the bundle), else relative to this file. */
export function migrationsFolder(): string {
  const root = process.env.BATON_ROOT;
  const folder = root ? join(root, 'drizzle') : fileURLToPath(new URL('../../../drizzle', import.meta.url));
  if (!existsSync(folder)) throw new Error(`no migrations in ${folder}: set BATON_ROOT to the project's folder`);
  return folder;
}
