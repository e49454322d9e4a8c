import {
  agentMessage,
  claimOf,
  commitItem,
  deliveryMark,
  type FixtureConversation,
  type ItemOptions,
  teammateMessage,
} from '@baton/store-contract/testing';
import type { CommitItem, Verdict } from '@baton/runtime';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openClient, type Sql } from '../src/connect.ts';
import { PostgresStore } from '../src/store/postgres-store.ts';
import { type PostgresFixture, openPostgresFixture } from './postgres-fixture.ts';
import { untilLockWaits } from './until-lock-waits.ts';

// Commits that meet concurrent changes and locks. Each test forces its interleaving.

/** The advisory lock that stops the slow client's commits halfway. */
const GATE = 1;

/** Transactions of the tests keep their locks without a timeout. */
const PATIENT = { idle_in_transaction_session_timeout: 0 };

let fixture: PostgresFixture;
/** Its commits wait for the gate before they look at the agent of their first item, then run on as usual. */
let slow: Sql;
/** Statements of this client fail if they wait for a lock. */
let impatient: Sql;
let other: Sql;

beforeAll(async () => {
  fixture = await openPostgresFixture();
  await fixture.sql.unsafe(`
    create schema slow;
    create function slow.pg_try_advisory_xact_lock_shared(key bigint) returns boolean language plpgsql as $$
    begin
      perform pg_advisory_xact_lock_shared(${GATE});
      return pg_catalog.pg_try_advisory_xact_lock_shared(key);
    end $$`);
  slow = openClient(fixture.url, { max: 1, connection: { ...PATIENT, search_path: 'slow, pg_catalog, public' } });
  impatient = openClient(fixture.url, { max: 1, connection: { lock_timeout: 1 } });
  other = openClient(fixture.url, { max: 1, connection: PATIENT });
});
afterAll(async () => {
  await Promise.all([slow, impatient, other].map((client) => client.end({ timeout: 5 })));
  await fixture.close();
});

async function item(of: FixtureConversation, options: ItemOptions = {}): Promise<CommitItem> {
  const [stored] = await fixture.store.load([of.key]);
  return commitItem(of, stored!, options);
}

async function commit(items: CommitItem[], sql = fixture.sql): Promise<Verdict[]> {
  return (await new PostgresStore(sql).commit(items)).verdicts;
}

/** Returns the verdicts of a commit that starts before `happens` and reads its agents after it. */
async function commitAround(items: CommitItem[], happens: () => Promise<unknown>): Promise<Verdict[]> {
  let committing: Promise<Verdict[]> | undefined;
  await other.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(${GATE})`;
    committing = commit(items, slow);
    await untilLockWaits(fixture.sql, committing);
    await happens();
  });
  return await committing!;
}

/** A reply with an unknown outcome. */
async function uncertainReply(of: FixtureConversation) {
  const reply = agentMessage(1);
  await commit([await item(of, { messages: [reply] })]);
  await commit([await item(of, { claim: claimOf(reply), view: { lastSeq: 1 } })]);
  await fixture.store.markDeliveries([deliveryMark(of, reply.id, { delivery: 'uncertain' })]);
  return reply;
}

const kinds = (verdicts: Verdict[]) => verdicts.map(({ kind }) => kind);

const dueNow = async (of: FixtureConversation) =>
  (await fixture.store.claimDue(100)).some(({ key }) => key.conversationId === of.key.conversationId);

test('[HOLD-12] [HOLD-18] rejects a commit with old rules that began before the change', async () => {
  const spoken = await fixture.createConversation();
  const replied = await fixture.createConversation({ beside: spoken });
  const reply = agentMessage(1);
  await commit([await item(replied, { messages: [reply] })]);
  // A window of one hour under the old rules, and a claim of a paused agent's message.
  const items = [
    await item(spoken, { messages: [teammateMessage(1)], wakeAt: Date.now() + 3_600_000 }),
    await item(replied, { claim: claimOf(reply), view: { lastSeq: 1 } }),
  ];
  const change = { humanPriorityWindowSeconds: 5, paused: true };
  expect(kinds(await commitAround(items, () => fixture.changeRules(spoken, change)))).toEqual([
    'staleRules',
    'staleRules',
  ]);
  expect(await fixture.store.readMessage(replied.key, reply.id)).toMatchObject({ delivery: 'queued' });
});

test('[HOLD-12] makes a change of rules wait for the running commit, then wakes its conversation', async () => {
  const of = await fixture.createConversation();
  const before = await item(of, { messages: [teammateMessage(1)], wakeAt: Date.now() + 3_600_000 });
  await other`begin`;
  expect(kinds(await commit([before], other))).toEqual(['committed']);
  const change = fixture.changeRules(of, { humanPriorityWindowSeconds: 5 });
  await untilLockWaits(fixture.sql, change);
  await other`commit`;
  await change;
  expect(await dueNow(of)).toBe(true);
});

test('[HOLD-18] makes commits busy while a change of rules waits', async () => {
  const of = await fixture.createConversation();
  const before = await item(of);
  let change: Promise<unknown> | undefined;
  await other.begin(async (tx) => {
    // Takes the lock of an unfinished commit.
    await tx`select from agents where id = ${of.agentId} for share`;
    change = fixture.changeRules(of, { paused: true });
    await untilLockWaits(fixture.sql, change);
    expect(await commit([before])).toEqual([{ kind: 'busy' }]);
  });
  await change;
  expect(await commit([before])).toEqual([{ kind: 'staleRules' }]);
});

test('[SEND-2] [SEND-4] rejects a claim that began before the message’s outcome was known', async () => {
  const first = await fixture.createConversation();
  const of = await fixture.createConversation({ beside: first });
  const reply = await uncertainReply(of);
  // The second item is locked after the outcome arrived, by a statement that began before.
  const items = [await item(first), await item(of, { claim: claimOf(reply, 2), view: { lastSeq: 1 } })];
  const mark = () => fixture.store.markDeliveries([deliveryMark(of, reply.id)]);
  expect(kinds(await commitAround(items, mark))).toEqual(['committed', 'busy']);
  expect(await fixture.store.readMessage(of.key, reply.id)).toMatchObject({ delivery: 'sent' });
});

test('reports locked rows as busy at once and commits the rest of the batch', async () => {
  const held = await fixture.createConversation();
  const free = await fixture.createConversation();
  const batch = async () => await commit([await item(held), await item(free)], impatient);
  for (const hold of [
    other`select from conversations where id = ${held.key.conversationId} for update`,
    other`update agents set name = 'Nora' where id = ${held.agentId}`,
  ]) {
    await other`begin`;
    await hold;
    expect(kinds(await batch())).toEqual(['busy', 'committed']);
    await other`rollback`;
  }
});
