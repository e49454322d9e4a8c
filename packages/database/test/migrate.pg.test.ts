import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commitItem, customerMessage } from '@baton/store-contract/testing';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '../src/connect.ts';
import { migrate, migrationsFolder } from '../src/migrate.ts';
import { type TestDatabase, createTestDatabase } from '../src/testing/test-database.ts';
import { readCatalog, readFence } from './catalog.ts';
import { openPostgresFixture } from './postgres-fixture.ts';
import { applySquashedMigrations } from './squashed-database.ts';

const made: TestDatabase[] = [];
const folders: string[] = [];
afterAll(async () => {
  await Promise.all(made.map((database) => database.drop()));
  for (const folder of folders) rmSync(folder, { recursive: true });
});

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'baton-migrations-'));
  folders.push(folder);
  return folder;
}

const files = (folder: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort();

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

test('migrates once when nodes start at the same time', async () => {
  const url = await emptyDatabase();
  const applied = await Promise.all([migrate(url), migrate(url), migrate(url)]);
  expect(applied.flat()).toEqual(files(migrationsFolder()));
  expect(await tablesOf(url)).toEqual(expect.arrayContaining(['conversations', 'messages', 'transitions', 'lanes']));
});

test('rejects a change to an applied migration', async () => {
  const url = await emptyDatabase();
  const folder = temporaryFolder();
  cpSync(migrationsFolder(), folder, { recursive: true });
  await migrate(url, { folder });
  writeFileSync(join(folder, '0001_fence.sql'), 'select 1');
  await expect(migrate(url, { folder })).rejects.toThrow(/0001_fence\.sql was applied/);
});

test('rolls a failed migration back and can apply it again', async () => {
  const url = await emptyDatabase();
  const folder = temporaryFolder();
  writeFileSync(join(folder, '0000_one.sql'), 'create table one (id int); select nonsense');
  await expect(migrate(url, { folder })).rejects.toThrow(/nonsense/);
  expect(await tablesOf(url)).toEqual(['migrations']);
  writeFileSync(join(folder, '0000_one.sql'), 'create table one (id int)');
  expect(await migrate(url, { folder })).toEqual(['0000_one.sql']);
});

describe('a database with the six squashed migrations', () => {
  let url: string;
  beforeAll(async () => {
    url = await emptyDatabase();
    expect(await applySquashedMigrations(url)).toHaveLength(6);
  });

  test('is recorded as up to date and keeps its rows', async () => {
    const { sql, close } = connect(url);
    const workspaceId = '019a0000-0000-7000-8000-000000000001';
    await sql`insert into workspaces (id, name) values (${workspaceId}, 'Kept')`;
    expect(await migrate(url)).toEqual(files(migrationsFolder()).slice(2));
    expect(await migrate(url)).toEqual([]);
    expect(await sql`select id, name from workspaces`).toEqual([{ id: workspaceId, name: 'Kept' }]);
    await close();
  });

  test('ends with the same tables, triggers and settings as a new database', async () => {
    const fresh = await emptyDatabase();
    await Promise.all([migrate(url), migrate(fresh)]);
    const [upgraded, created] = [connect(url), connect(fresh)];
    expect(await readCatalog(upgraded.sql)).toEqual(await readCatalog(created.sql));
    expect(await readFence(upgraded.sql)).toEqual(await readFence(created.sql));
    await Promise.all([upgraded.close(), created.close()]);
  });

  test('runs conversations like a new database', async () => {
    await migrate(url);
    const fixture = await openPostgresFixture(url);
    const of = await fixture.createConversation();
    const [stored] = await fixture.store.load([of.key]);
    const { verdicts } = await fixture.store.commit([commitItem(of, stored!, { messages: [customerMessage(1)] })]);
    expect(verdicts).toMatchObject([{ kind: 'committed' }]);
    await fixture.close();
  });
});
