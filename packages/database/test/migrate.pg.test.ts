import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, expect, test } from 'vitest';
import { migrate, migrationsFolder } from '../src/migrate.ts';
import { type TestDatabase, createTestDatabase } from '../src/testing/test-database.ts';

const made: TestDatabase[] = [];
afterAll(() => Promise.all(made.map((database) => database.drop())));

async function emptyDatabase() {
  const database = await createTestDatabase({ empty: true });
  made.push(database);
  return database.url;
}

async function tablesOf(url: string) {
  const sql = postgres(url, { max: 1 });
  const rows = await sql<{ name: string }[]>`select tablename as name from pg_tables where schemaname = 'public'`;
  await sql.end();
  return rows.map((row) => row.name);
}

test('nodes that start at the same moment migrate once', async () => {
  const url = await emptyDatabase();
  const applied = await Promise.all([migrate(url), migrate(url), migrate(url)]);
  expect(applied.flat()).toEqual([
    '0000_tables.sql',
    '0001_fence.sql',
    '0002_state_since.sql',
    '0003_paused_by.sql',
    '0004_lists_and_search.sql',
    '0005_short_pending_list.sql',
  ]);
  expect(await tablesOf(url)).toEqual(expect.arrayContaining(['conversations', 'messages', 'transitions', 'lanes']));
});

test('a migration that was applied may not change afterwards', async () => {
  const url = await emptyDatabase();
  const folder = mkdtempSync(join(tmpdir(), 'baton-migrations-'));
  cpSync(migrationsFolder(), folder, { recursive: true });
  await migrate(url, { folder });
  writeFileSync(join(folder, '0001_fence.sql'), 'select 1');
  await expect(migrate(url, { folder })).rejects.toThrow(/0001_fence\.sql was applied/);
  rmSync(folder, { recursive: true });
});

test('a migration that fails leaves nothing behind, and can be applied again', async () => {
  const url = await emptyDatabase();
  const folder = mkdtempSync(join(tmpdir(), 'baton-migrations-'));
  writeFileSync(join(folder, '0000_one.sql'), 'create table one (id int); select nonsense');
  await expect(migrate(url, { folder })).rejects.toThrow(/nonsense/);
  expect(await tablesOf(url)).toEqual(['migrations']);
  writeFileSync(join(folder, '0000_one.sql'), 'create table one (id int)');
  expect(await migrate(url, { folder })).toEqual(['0000_one.sql']);
  rmSync(folder, { recursive: true });
});
