import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type postgres from 'postgres';
import { type DatabaseAddress, openClient } from '../connect.ts';
import { BackupError, fileOf, type Manifest, MANIFEST_FILE } from './manifest.ts';

/** Level 3 is fast, and half of the time is spent reading. */
const COMPRESSION = 3;

/**
 * Copies all tables of one database snapshot into a new folder while the server runs. COPY needs none of PostgreSQL's programs,
 * and any later version reads the files (ADR 18).
 * @throws BackupError
 */
export async function backUp(address: DatabaseAddress, folder: string): Promise<Manifest> {
  const draft = `${folder}.partial`;
  await mkdir(folder, { recursive: false, mode: 0o700 }).catch((error: unknown) => {
    throw new BackupError(`${folder} cannot be created: it exists already, or its parent folder is missing`, {
      cause: error,
    });
  });
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { mode: 0o700 });
  const sql = openClient(address, {
    max: 1,
    connection: { statement_timeout: 0, idle_in_transaction_session_timeout: 0 },
  });
  try {
    const made = await sql.begin('isolation level repeatable read read only', async (tx) => {
      const applied = await tx<{ name: string; now: Date }[]>`select name, now() from migrations order by name`;
      const tables: Manifest['tables'] = [];
      for (const table of await tablesInOrder(tx)) tables.push({ ...table, ...(await copyOut(tx, table, draft)) });
      return {
        format: 1,
        madeAt: (applied[0]?.now ?? new Date()).toISOString(),
        migrations: applied.map(({ name }) => name),
        tables,
      } as const;
    });
    await writeFile(join(draft, MANIFEST_FILE), `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600, flush: true });
    await rename(draft, folder);
    return made;
  } catch (error) {
    await Promise.all([draft, folder].map((half) => rm(half, { recursive: true, force: true })));
    throw error;
  } finally {
    await sql.end();
  }
}

interface Table {
  name: string;
  columns: string[];
}

/** Leaves generated columns out: PostgreSQL computes them again. */
async function tablesInOrder(sql: postgres.TransactionSql): Promise<Table[]> {
  const tables = await sql<(Table & { refers_to: string[] })[]>`
    select c.relname as name,
      to_json(array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        and a.attgenerated = '' order by a.attnum)) as columns,
      to_json(array(select f.confrelid::regclass::text from pg_constraint f
        where f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid)) as refers_to
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> 'migrations'
    order by c.relname`;
  const ordered: Table[] = [];
  const open = [...tables];
  while (open.length > 0) {
    const next = open.findIndex(({ refers_to: others }) =>
      others.every((other) => ordered.some(({ name }) => name === other)),
    );
    if (next === -1) throw new Error('tables refer to one another in a circle');
    for (const { name, columns } of open.splice(next, 1)) ordered.push({ name, columns });
  }
  return ordered;
}

async function copyOut(sql: postgres.TransactionSql, { name, columns }: Table, folder: string) {
  const hash = createHash('sha256');
  let rows = 0;
  // Each row is one line: COPY escapes newlines in values.
  const lines = new Transform({
    transform(chunk: Buffer, _, done) {
      for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) rows += 1;
      done(null, chunk);
    },
  });
  const hashed = new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  const from = await sql.unsafe(`copy ${name} (${columns.join(', ')}) to stdout`).readable();
  const into = createWriteStream(join(folder, fileOf(name)), { mode: 0o600, flush: true });
  await pipeline(from, lines, createGzip({ level: COMPRESSION }), hashed, into);
  // The driver pauses its socket while a stream is full, and does not resume it if the stream ends meanwhile.
  from._read(0);
  return { rows, sha256: hash.digest('hex') };
}
