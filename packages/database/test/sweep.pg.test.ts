import { afterAll, beforeAll, expect, test } from 'vitest';
import { isFull, sweep } from '../src/queries/sweep.ts';
import { type PostgresFixture, openPostgresFixture } from './postgres-fixture.ts';

let fixture: PostgresFixture;
beforeAll(async () => {
  fixture = await openPostgresFixture();
  await fixture.sql`insert into users (id, name, email) values ('u', 'U', 'u@example.com')`;
});
afterAll(() => fixture.close());

test('what has expired goes; what may still be of use stays', async () => {
  const { key } = await fixture.createConversation();
  const { sql } = fixture;
  for (const [name, days] of [
    ['old', 2],
    ['ended', 0.5],
    ['live', -20],
  ] as const) {
    const at = new Date(Date.now() - days * 86_400_000);
    await sql`insert into sessions (id, user_id, token, expires_at) values (${name}, 'u', ${name}, ${at})`;
    await sql`insert into verifications (id, identifier, value, expires_at) values (${name}, ${name}, '', ${at})`;
    await sql`insert into rate_limits (id, key, count, last_request) values (${name}, ${name}, 1, ${at.getTime()})`;
    const written = new Date(Date.now() - (days + 29) * 86_400_000);
    await sql`insert into drafts (workspace_id, conversation_id, turn, text, at)
      values (${key.workspaceId}, ${key.conversationId}, ${Math.round(days * 10) + 300}, ${name}, ${written})`;
  }
  const swept = await sweep(fixture.db);
  expect(swept).toEqual({ sessions: 1, verifications: 1, attempts: 1, drafts: 1 });
  expect(isFull(swept)).toBe(false);
  for (const table of ['sessions', 'verifications', 'rate_limits', 'drafts']) {
    const [left] = await sql.unsafe(`select count(*)::int as rows from ${table}`);
    expect([table, left]).toEqual([table, { rows: 2 }]);
  }
});

test('a great many go hand by hand, and nodes that sweep at once share them', async () => {
  await fixture.sql`insert into sessions (id, user_id, token, expires_at)
    select 's' || n, 'u', 's' || n, now() - interval '9 days' from generate_series(1, 3500) n`;
  const first = await sweep(fixture.db);
  expect(first['sessions']).toBe(1_000);
  expect(isFull(first)).toBe(true);
  let total = 1_000;
  for (let round = 0; round < 4; round += 1) {
    const both = await Promise.all([sweep(fixture.db), sweep(fixture.db)]);
    total += both.reduce((sum, swept) => sum + (swept['sessions'] ?? 0), 0);
  }
  expect(total).toBe(3_500);
});
