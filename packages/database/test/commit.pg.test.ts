import {
  TAKEN_OVER,
  agentMessage,
  claimOf,
  commitItem,
  customerMessage,
  deliveryMark,
  teammateMessage,
} from '@baton/store-contract/testing';
import type { FixtureConversation, ItemOptions } from '@baton/store-contract/testing';
import type { CommitItem, Verdict } from '@baton/runtime';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PostgresFixture, openPostgresFixture } from './postgres-fixture.ts';

let fixture: PostgresFixture;
beforeAll(async () => {
  fixture = await openPostgresFixture();
});
afterAll(() => fixture.close());

async function item(of: FixtureConversation, options: ItemOptions = {}): Promise<CommitItem> {
  const [stored] = await fixture.store.load([of.key]);
  return commitItem(of, stored!, options);
}

async function commit(...items: CommitItem[]): Promise<Verdict[]> {
  return (await fixture.store.commit(items)).verdicts;
}

async function committed(of: FixtureConversation, options: ItemOptions = {}): Promise<void> {
  expect(await commit(await item(of, options))).toMatchObject([{ kind: 'committed' }]);
}

test('[HOLD-2] [TURN-4] what breaks the fence is refused before the trigger sees it, and harms no other of its batch', async () => {
  const [early, repeated, claimed, closed, innocent] = [
    await fixture.createConversation(),
    await fixture.createConversation(),
    await fixture.createConversation(),
    await fixture.createConversation(),
    await fixture.createConversation(),
  ];
  const reply = agentMessage(1);
  await committed(claimed, { messages: [reply] });
  await committed(repeated, { messages: [agentMessage(1, { turn: 4 })] });
  const verdicts = await commit(
    await item(early, { messages: [agentMessage(1, { epoch: 7 })] }),
    await item(repeated, { messages: [agentMessage(2, { turn: 4 })] }),
    await item(claimed, { claim: claimOf(reply), view: { ...TAKEN_OVER, lastSeq: 1 } }),
    await item(closed, {
      messages: [agentMessage(1, { turn: 1 }), agentMessage(2, { turn: 2 })],
      view: { ...TAKEN_OVER, closingSeq: 2, lastSeq: 2 },
    }),
    await item(innocent, { messages: [customerMessage(1)] }),
  );
  expect(verdicts.map(({ kind }) => kind)).toEqual(['rejected', 'rejected', 'rejected', 'rejected', 'committed']);
});

test('[HOLD-2] [TURN-4] a new epoch is in force at once, and the old one no more', async () => {
  const of = await fixture.createConversation();
  await committed(of, { view: { agentEpoch: 2 } });
  expect(await commit(await item(of, { messages: [agentMessage(1)], view: { agentEpoch: 2 } }))).toMatchObject([
    { kind: 'rejected' },
  ]);
  await committed(of, { messages: [agentMessage(1, { epoch: 2 })], view: { agentEpoch: 2 } });
});

test('[TIME-3] messages are numbered on from the last one, or nothing is committed', async () => {
  const of = await fixture.createConversation();
  await committed(of, { messages: [customerMessage(1)] });
  for (const options of [
    { messages: [customerMessage(3)] },
    { messages: [customerMessage(2), customerMessage(4)] },
    { messages: [customerMessage(2)], view: { lastSeq: 3 } },
    { messages: [customerMessage(3), customerMessage(4)], view: { lastSeq: 3 } },
    { view: { lastSeq: 2 } },
  ]) {
    expect(await commit(await item(of, options))).toMatchObject([{ kind: 'rejected' }]);
  }
  await committed(of, { messages: [customerMessage(2), customerMessage(3)] });
});

test('[SEND-6] an echo under the id that the provider gave a message of ours is that message', async () => {
  const of = await fixture.createConversation();
  const ours = teammateMessage(1);
  await committed(of, { messages: [ours] });
  await fixture.store.claimSends('w', 1_000, 10_000);
  await fixture.store.markDeliveries([deliveryMark(of, ours.id, { providerId: 'provider-7' })]);
  const author = { kind: 'external', id: null, name: 'Another device' } as const;
  const echo = customerMessage(2, { author, externalId: 'provider-7' });
  expect(await commit(await item(of, { messages: [echo] }))).toMatchObject([
    { kind: 'duplicate', messages: [{ id: ours.id }] },
  ]);
});

test('[SEND-5] a new message leaves a lane to the worker that has it', async () => {
  const of = await fixture.createConversation();
  await committed(of, { messages: [agentMessage(1)] });
  const of1 = (jobs: { key: FixtureConversation['key'] }[]) =>
    jobs.filter(({ key }) => key.conversationId === of.key.conversationId);
  expect(of1(await fixture.store.claimSends('one', 1_000, 10_000))).toHaveLength(1);
  await committed(of, { messages: [teammateMessage(2)] });
  expect(of1(await fixture.store.claimSends('two', 1_000, 10_000))).toEqual([]);
});

test('[SEND-5] a late receipt leaves a lane to the worker that has it', async () => {
  const of = await fixture.createConversation();
  const first = teammateMessage(1);
  await committed(of, { messages: [first] });
  const here = async (worker: string) =>
    (await fixture.store.claimSends(worker, 1_000, 10_000)).filter(
      ({ key }) => key.conversationId === of.key.conversationId,
    );
  expect(await here('one')).toHaveLength(1);
  await fixture.store.markDeliveries([deliveryMark(of, first.id, {})]);
  await committed(of, { messages: [agentMessage(2)] });
  expect(await here('one')).toHaveLength(1);
  await fixture.store.markDeliveries([deliveryMark(of, first.id, { delivery: 'delivered' })]);
  expect(await here('two')).toEqual([]);
});

test('[HOLD-18] a message of a paused agent is offered to no worker', async () => {
  const of = await fixture.createConversation();
  await committed(of, { messages: [agentMessage(1)] });
  await fixture.changeRules(of, { paused: true });
  const jobs = await fixture.store.claimSends('one', 1_000, 10_000);
  expect(jobs.filter(({ key }) => key.conversationId === of.key.conversationId)).toEqual([]);
});

test('[SEND-4] a takeover calls uncertain, not withheld, what may have arrived before', async () => {
  const of = await fixture.createConversation();
  const reply = agentMessage(1);
  await committed(of, { messages: [reply] });
  await committed(of, { claim: claimOf(reply), view: { lastSeq: 1 } });
  await fixture.store.markDeliveries([deliveryMark(of, reply.id, { delivery: 'uncertain' })]);
  await committed(of, { claim: claimOf(reply, 2), view: { lastSeq: 1 } });
  await fixture.store.markDeliveries([deliveryMark(of, reply.id, { delivery: 'queued', retryAt: Date.now() })]);
  await committed(of, { view: { ...TAKEN_OVER, lastSeq: 1 } });
  expect(await fixture.store.readMessage(of.key, reply.id)).toMatchObject({ delivery: 'uncertain' });
});
