import {
  agentMessage,
  commitItem,
  deliveryMark,
  type FixtureConversation,
  teammateMessage,
} from '@baton/store-contract/testing';
import type { NewMessage, SendJob } from '@baton/runtime';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type PostgresFixture, openPostgresFixture } from './postgres-fixture.ts';

// A due lane that no worker takes stays at the front of its queue. More of them than one page would hide all later lanes.

let fixture: PostgresFixture;
beforeEach(async () => {
  fixture = await openPostgresFixture();
});
afterEach(() => fixture.close());

async function conversation(message: NewMessage, beside?: FixtureConversation): Promise<FixtureConversation> {
  const of = await fixture.createConversation(beside && { beside });
  const [stored] = await fixture.store.load([of.key]);
  await fixture.store.commit([commitItem(of, stored!, { messages: [message] })]);
  return of;
}

const claim = (limit: number) => fixture.store.claimSends('worker', limit, 10_000);

async function mark(jobs: SendJob[], delivery: 'sent' | 'queued'): Promise<void> {
  const retryAt = delivery === 'queued' ? (await fixture.store.now()) + 20_000 : null;
  await fixture.store.markDeliveries(jobs.map((job) => deliveryMark(job, job.message.id, { delivery, retryAt })));
}

async function quarantineAll(some: FixtureConversation[]): Promise<void> {
  for (const { key } of some) await fixture.store.quarantine(key, 'a test choked on it');
}

async function expectNobodyInTheWay(limit: number): Promise<void> {
  const healthy = await conversation(teammateMessage(1));
  expect((await claim(limit)).map(({ key }) => key)).toEqual([healthy.key]);
}

test('keeps quarantined conversations from blocking others after their lanes are released', async () => {
  const some: FixtureConversation[] = [];
  for (let i = 0; i < 3; i++) some.push(await conversation(agentMessage(1)));
  expect(await claim(3)).toHaveLength(3);
  await quarantineAll(some);
  const keys = some.map(({ key }) => key);
  await fixture.store.releaseSends('worker', keys);
  await expectNobodyInTheWay(3);
});

test('keeps quarantined conversations from blocking others after their channel recovers', async () => {
  const first = await conversation(teammateMessage(1));
  for (let i = 1; i < 6; i++) await conversation(teammateMessage(1), first);
  await mark(await claim(6), 'queued');
  const deferred: FixtureConversation[] = [];
  for (let i = 0; i < 3; i++) deferred.push(await conversation(teammateMessage(1), first));
  expect(await claim(20)).toEqual([]);
  await quarantineAll(deferred);
  await fixture.pass(21_000);
  const probe = await claim(1);
  expect(probe).toHaveLength(1);
  await mark(probe, 'sent');
  await mark(await claim(20), 'sent');
  await expectNobodyInTheWay(3);
});
