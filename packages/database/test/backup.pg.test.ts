import { appendFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { backUp } from '../src/backup/back-up.ts';
import { restore } from '../src/backup/restore.ts';
import { connect } from '../src/connect.ts';
import { migrate } from '../src/migrate.ts';
import { openConversation } from '../src/store/open-conversation.ts';
import { createTestDatabase, type TestDatabase } from '../src/testing/test-database.ts';
import { openSeededDatabase, type SeededDatabase } from './seeded-database.ts';
import { applySquashedMigrations } from './squashed-database.ts';

let folder: string;
let database: SeededDatabase;
const opened: TestDatabase[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'baton-backup-'));
  database = await openSeededDatabase({ conversations: 60, seed: 3 });
});
afterAll(async () => {
  await Promise.all([database, ...opened].map((it) => it.drop()));
  rmSync(folder, { recursive: true });
});

async function emptyDatabase(): Promise<string> {
  const empty = await createTestDatabase({ empty: true });
  opened.push(empty);
  return empty.url;
}

/** All rows of all tables, as text, in an order of their own. */
async function contents(url: string): Promise<Record<string, string[]>> {
  const { sql, close } = connect(url, { commits: 1, queries: 1 });
  const tables = await sql<{ name: string }[]>`
    select tablename as name from pg_tables where schemaname = 'public' and tablename <> 'migrations' order by tablename`;
  const all: Record<string, string[]> = {};
  for (const { name } of tables) {
    const rows = await sql.unsafe<{ row: string }[]>(`select t::text as row from ${name} t order by 1`);
    all[name] = rows.map(({ row }) => row);
  }
  await close();
  return all;
}

test('restores all rows and the fence', async () => {
  const made = await backUp(database.url, join(folder, 'whole'));
  expect(made.tables.find(({ name }) => name === 'messages')?.rows).toBe(database.seeded.messages);
  const url = await emptyDatabase();
  await restore(url, join(folder, 'whole'));
  expect(await contents(url)).toEqual(await contents(database.url));
  expect(await migrate(url)).toEqual([]);

  const { sql, close } = connect(url);
  const late = sql`
    insert into messages (workspace_id, conversation_id, seq, id, channel_id, origin, author_name, note, text, revision, delivery, turn, agent_epoch)
    select workspace_id, id, last_seq + 1, gen_random_uuid(), channel_id, 'agent', 'Agent', false, 'late', 1, 'queued', 99, 99
    from conversations where state = 'agentDisabled' limit 1`;
  await expect(late).rejects.toThrow(/people hold conversation/);
  await close();
});

test('backs up one moment while the server writes', async () => {
  const { id: workspaceId, channelId } = database.seeded.workspaces[0]!;
  const end = new AbortController();
  const writing = (async () => {
    for (let count = 0; !end.signal.aborted; count += 1) {
      await openConversation(database.sql, { workspaceId, channelId, customerExternalId: `meanwhile ${count}` });
    }
  })();
  await backUp(database.url, join(folder, 'live')).finally(() => end.abort());
  await writing;
  const url = await emptyDatabase();
  await restore(url, join(folder, 'live'));
  const { sql, close } = connect(url);
  const [row] = await sql<{ conversations: number; lanes: number; customers: number }[]>`
    select (select count(*)::int from conversations) as conversations, (select count(*)::int from lanes) as lanes,
      (select count(*)::int from customers) as customers`;
  expect(row?.conversations).toBeGreaterThanOrEqual(60);
  expect(row).toEqual({ conversations: row?.conversations, lanes: row?.conversations, customers: row?.conversations });
  await close();
});

test('rejects a used database, an existing folder, an incomplete backup and a changed file', async () => {
  const whole = join(folder, 'refused');
  await backUp(database.url, whole);
  await expect(backUp(database.url, whole)).rejects.toThrow(/it exists already/);
  await expect(restore(database.url, whole)).rejects.toThrow(/the database is in use/);
  await expect(restore(await emptyDatabase(), folder)).rejects.toThrow(/not a complete backup/);
  appendFileSync(join(whole, 'messages.copy.gz'), 'x');
  const url = await emptyDatabase();
  await expect(restore(url, whole)).rejects.toThrow(/has changed since the backup/);
  expect(Object.keys(await contents(url))).toEqual([]);
});

test('a backup that fails leaves nothing behind', async () => {
  const nowhere = database.url.replace(/\/[^/]*$/, '/there_is_no_such_database');
  await expect(backUp(nowhere, join(folder, 'failed'))).rejects.toThrow(/does not exist/);
  expect(existsSync(join(folder, 'failed'))).toBe(false);
  expect(existsSync(join(folder, 'failed.partial'))).toBe(false);
});

test('restores a backup of a database with the squashed migrations', async () => {
  const [before, after] = [await emptyDatabase(), await emptyDatabase()];
  await applySquashedMigrations(before);
  const { sql, close } = connect(before);
  await sql`insert into workspaces (id, name) values (gen_random_uuid(), 'Kept')`;
  await close();
  await backUp(before, join(folder, 'squashed'));
  await restore(after, join(folder, 'squashed'));
  await Promise.all([migrate(before), migrate(after)]);
  expect(await contents(after)).toEqual(await contents(before));
});
