import { connect, type Connections, PostgresStore } from '@baton/database';
import { ConversationRuntime, DatabaseClock, realScheduler, Signals } from '@baton/runtime';
import { randomUUID } from 'node:crypto';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createApp } from '../../src/app.ts';
import { type Answer, type Api, ask, type Company, found, receive, startApi } from './api-fixture.ts';

let api: Api;
let acme: Company;
let other: Connections;
let database: string;

beforeAll(async () => {
  api = await startApi({ longestAnswerMs: 500 }, async (url) => {
    database = new URL(url).pathname.slice(1);
    other = connect(url, { commits: 1, queries: 1 });
    return url;
  });
  acme = await found(api);
});
afterAll(async () => {
  await other.close();
  await api.close();
});

/** Another client has locked this table: whoever needs it waits, and keeps a connection while waiting. */
async function whileLocked(table: string, act: () => Promise<void>): Promise<void> {
  await other.sql.begin(async (tx) => {
    await tx`set local idle_in_transaction_session_timeout = 0`;
    await tx.unsafe(`lock table ${table} in access exclusive mode`);
    await act();
  });
}

const comeBack = ({ status, body, headers }: Answer) => [status, body.code, headers.get('retry-after')];
const write = (name: string) => receive(api, acme, { externalId: name, customer: { externalId: name } });
const writeAll = (what: string) => Promise.all(Array.from({ length: 30 }, (_, n) => write(`${what}-${n}`)));

test.each([
  ['queries', 'customers'],
  ['commits', 'messages'],
])('[TIME-2] queues requests while all connections for %s wait, and rejects them in bounded time', async (_, table) => {
  await whileLocked(table, async () => {
    for (const answer of await writeAll(table)) expect(comeBack(answer)).toEqual([503, 'unavailable', '1']);
    // The queue is still as long: one who comes now is told no later.
    expect(comeBack(await write(`${table}-late`))).toEqual([503, 'unavailable', '1']);
  });
  await expect
    .poll(async () => (await writeAll(table)).map(({ status }) => status))
    .toEqual(Array.from({ length: 30 }, () => 202));
  const bearer = acme.people.owner.key;
  // On a busy machine half a second may be too little for this one, too; and who came late may be committed late.
  const seqs = await vi.waitUntil(
    async () => {
      const { body } = await ask(api, 'GET /api/v1/conversations?limit=100', { bearer });
      const all: number[] | undefined = body.items?.map(({ lastSeq }: { lastSeq: number }) => lastSeq);
      return all?.every((seq) => seq > 0) && all;
    },
    { timeout: 20_000 },
  );
  expect(new Set(seqs), 'what was refused and tried again is there once').toEqual(new Set([1]));
});

test.each([
  ['in all', { maxQueuedCommands: 4 }],
  ['for one conversation', { maxQueuedPerConversation: 4, commandsPerCommit: 4 }],
])('[TIME-2] rejects further commands with a retry time when the queue is full, %s', async (_, limits) => {
  const store = new PostgresStore(api.connections.sql);
  const clock = new DatabaseClock(() => performance.now(), Date.now);
  clock.learn(await store.now());
  const runtime = new ConversationRuntime({
    store,
    clock,
    limits,
    scheduler: realScheduler,
    signals: new Signals(),
    report: () => {},
    publisher: { changed: () => {}, delivered: () => {}, drafted: () => {} },
  });
  const config = { ...api.deps.config, longestAnswerMs: 60_000 };
  const crowded = { app: createApp({ ...api.deps, runtime, config, metrics: new Registry() }) };
  const customer = { externalId: randomUUID() };
  // Known by then: whoever had to be looked up could stand behind a commit that waits, on the same connection.
  expect((await receive(crowded, acme, { customer })).status).toBe(202);
  const answers: Answer[] = [];
  let all: Promise<unknown> = Promise.resolve();
  await whileLocked('messages', async () => {
    all = Promise.all(Array.from({ length: 20 }, async () => answers.push(await receive(crowded, acme, { customer }))));
    await expect.poll(() => answers.length).toBeGreaterThan(10);
    for (const answer of answers) expect(comeBack(answer)).toEqual([503, 'unavailable', '1']);
  });
  await all;
  const taken = answers.filter(({ status }) => status === 202).length;
  expect(taken).toBeGreaterThanOrEqual(4);
  expect(answers.filter((answer) => comeBack(answer)[0] === 503)).toHaveLength(20 - taken);
  await runtime.stop();
});

test('[TIME-2] PostgreSQL has no connection left: 503 with a time to come back, and recovery by itself', async () => {
  await other.sql.unsafe(`alter database ${database} connection limit 0`);
  await other.sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and application_name = 'baton'`;
  await expect.poll(async () => comeBack(await write('refused-0'))).toEqual([503, 'unavailable', '1']);
  for (let n = 0; n < 3; n += 1) expect(comeBack(await write(`refused-${n}`))).toEqual([503, 'unavailable', '1']);

  await other.sql.unsafe(`alter database ${database} connection limit -1`);
  await expect.poll(async () => (await write('refused-0')).status).toBe(202);
  expect((await write('refused-0')).body).toMatchObject({ duplicate: true });
});
