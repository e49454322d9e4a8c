import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type postgres from 'postgres';
import { type DatabaseAddress, openClient } from '../connect.ts';
import { migrate } from '../migrate.ts';
import { currentNames } from '../squashed-migrations.ts';
import { BackupError, fileOf, manifest, type Manifest, MANIFEST_FILE } from './manifest.ts';

/**
 * Restores a backup into an empty database: applies the backup's migrations, then copies all rows in one transaction. The next
 * start applies later migrations. Checks all files before the first write.
 * @throws BackupError
 */
export async function restore(address: DatabaseAddress, folder: string): Promise<Manifest> {
  const kept = await readManifest(folder);
  for (const { name, sha256 } of kept.tables) await check(join(folder, fileOf(name)), sha256);
  const sql = openClient(address, {
    max: 1,
    connection: { statement_timeout: 0, idle_in_transaction_session_timeout: 0 },
  });
  try {
    await rejectUsed(sql, kept);
    await migrate(address, { upTo: currentNames(kept.migrations).at(-1) });
    await sql.begin(async (tx) => {
      // The fence would reject agent messages of earlier epochs.
      await tx`alter table messages disable trigger user`;
      for (const table of kept.tables) await copyIn(tx, table, folder);
      await tx`alter table messages enable trigger user`;
    });
    await sql`analyze`;
    return kept;
  } finally {
    await sql.end();
  }
}

async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, MANIFEST_FILE), 'utf8').catch(() => null);
  if (text === null) throw new BackupError(`${folder} is not a complete backup: it has no ${MANIFEST_FILE}`);
  const parsed = manifest.safeParse(JSON.parse(text));
  if (!parsed.success) throw new BackupError(`${folder} was made by an unknown version of Baton`);
  return parsed.data;
}

async function check(file: string, sha256: string): Promise<void> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash).catch((error: unknown) => {
    throw new BackupError(`${file} cannot be read`, { cause: error });
  });
  if (hash.digest('hex') !== sha256) throw new BackupError(`${file} has changed since the backup`);
}

/** Rejects a database that has data or later migrations. */
async function rejectUsed(sql: postgres.Sql, { migrations }: Manifest): Promise<void> {
  const [there] = await sql<{ migrated: boolean }[]>`select to_regclass('public.migrations') is not null as migrated`;
  if (!there?.migrated) return;
  const later = await sql<{ name: string }[]>`select name from migrations 
    where name not in (select json_array_elements_text(${JSON.stringify(currentNames(migrations))}::text::json))`;
  const [used] = await sql<{ any: boolean }[]>`
    select exists (select from workspaces) or exists (select from users) as any`;
  if (used?.any) throw new BackupError('the database is in use: restore into an empty one');
  if (later.length > 0) throw new BackupError('the database is newer than the backup: restore into an empty one');
}

async function copyIn(sql: postgres.TransactionSql, table: Manifest['tables'][number], folder: string): Promise<void> {
  const { name, columns } = table;
  const into = await sql.unsafe(`copy ${name} (${columns.join(', ')}) from stdin`).writable();
  await pipeline(createReadStream(join(folder, fileOf(name))), createGunzip(), into);
}
