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

// What a commit does about those who come in its middle, and about what others hold: each moment is brought about, not hoped for.

/** The advisory lock that keeps the slow client's commits in their middle. */
const GATE = 1;

/** What is held is held until the test lets go, however long that takes. */
const PATIENT = { idle_in_transaction_session_timeout: 0 };

let fixture: PostgresFixture;
/** Its commits wait for the gate before they look at the agent of their first item, then run on as usual. */
let slow: Sql;
/** Whatever waits for a lock fails here. */
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

/** What becomes of a commit in whose middle this happens: the statement has begun, and looks at no agent before it is over. */
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

/** A reply of which nobody knows whether it arrived. */
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

test('[HOLD-12] [HOLD-18] a commit that began before a change of rules does not get through by the old ones after it', async () => {
  const spoken = await fixture.createConversation();
  const replied = await fixture.createConversation({ beside: spoken });
  const reply = agentMessage(1);
  await commit([await item(replied, { messages: [reply] })]);
  // A window of an hour, which nothing would end any more, and a claim of what a paused agent wrote.
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

test('[HOLD-12] a change of rules waits for the commit under way, and wakes what it leaves', async () => {
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

test('[HOLD-18] commits that come behind a waiting change of rules stand back', async () => {
  const of = await fixture.createConversation();
  const before = await item(of);
  let change: Promise<unknown> | undefined;
  await other.begin(async (tx) => {
    // As a commit does that is not through yet.
    await tx`select from agents where id = ${of.agentId} for share`;
    change = fixture.changeRules(of, { paused: true });
    await untilLockWaits(fixture.sql, change);
    expect(await commit([before])).toEqual([{ kind: 'busy' }]);
  });
  await change;
  expect(await commit([before])).toEqual([{ kind: 'staleRules' }]);
});

test('[SEND-2] [SEND-4] a claim that began before a message’s outcome was known does not take it back', async () => {
  const first = await fixture.createConversation();
  const of = await fixture.createConversation({ beside: first });
  const reply = await uncertainReply(of);
  // Behind another, so that this conversation is locked after the outcome came, by a statement that began before.
  const items = [await item(first), await item(of, { claim: claimOf(reply, 2), view: { lastSeq: 1 } })];
  const mark = () => fixture.store.markDeliveries([deliveryMark(of, reply.id)]);
  expect(kinds(await commitAround(items, mark))).toEqual(['committed', 'busy']);
  expect(await fixture.store.readMessage(of.key, reply.id)).toMatchObject({ delivery: 'sent' });
});

test('what another transaction holds is busy at once, and keeps nobody of its batch waiting', async () => {
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
