import postgres from 'postgres';
import { afterAll, expect, test } from 'vitest';
import { type TestDatabase, createTestDatabase } from '../src/testing/test-database.ts';

const made: TestDatabase[] = [];
afterAll(() => Promise.all(made.map((database) => database.drop())));

async function open(options?: { empty?: boolean }) {
  const database = await createTestDatabase(options);
  made.push(database);
  return postgres(database.url, { max: 1, onnotice: () => {} });
}

test('isolates test databases from each other', async () => {
  const [first, second] = await Promise.all([open(), open()]);
  await first`create table only_here (id int)`;
  expect(await second`select to_regclass('only_here') as found`).toEqual([{ found: null }]);
  await Promise.all([first.end(), second.end()]);
});

test('creates an empty test database without tables', async () => {
  const sql = await open({ empty: true });
  expect(await sql`select from pg_tables where schemaname = 'public'`).toHaveLength(0);
  await sql.end();
});

test('gives the test database an owner that is no superuser, as in production', async () => {
  const sql = await open();
  const [row] = await sql`select usesuper, timezone.setting as timezone from pg_user, pg_settings as timezone
    where usename = current_user and timezone.name = 'TimeZone'`;
  expect(row).toEqual({ usesuper: false, timezone: 'UTC' });
  await sql.end();
});

test('ends open connections when a test database is dropped', async () => {
  const database = await createTestDatabase();
  const sql = postgres(database.url, { max: 1 });
  await sql`select 1`;
  await database.drop();
  await expect(sql`select 1`).rejects.toThrow(/terminating connection|does not exist|CONNECTION/);
  await sql.end();
});
