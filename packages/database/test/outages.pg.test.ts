import { agentMessage, commitItem, teammateMessage } from '@baton/store-contract/testing';
import type { FixtureConversation } from '@baton/store-contract/testing';
import type { SendJob } from '@baton/runtime';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PostgresFixture, openPostgresFixture } from './postgres-fixture.ts';

let fixture: PostgresFixture;
beforeAll(async () => {
  fixture = await openPostgresFixture();
});
afterAll(() => fixture.close());

async function withOneToSend(of: FixtureConversation): Promise<FixtureConversation> {
  const [stored] = await fixture.store.load([of.key]);
  await fixture.store.commit([commitItem(of, stored!, { messages: [teammateMessage(1)] })]);
  return of;
}

const claim = (limit: number) => fixture.store.claimSends('worker', limit, 10_000);

const mark = async (
  jobs: SendJob[],
  delivery: 'sent' | 'queued' | 'uncertain',
  isChannelUp: boolean | null = delivery === 'sent',
) => {
  const retryAt = delivery !== 'sent' ? (await fixture.store.now()) + 20_000 : null;
  await fixture.store.markDeliveries(
    jobs.map((job) => ({
      key: job.key,
      messageId: job.message.id,
      attempt: null,
      delivery,
      retryAt,
      isChannelUp,
      providerId: null,
      error: null,
    })),
  );
};

const idsOf = (jobs: SendJob[]) => jobs.map((job) => job.key.conversationId).sort();

test('[SEND-5] a channel that is down does not keep others from sending, and comes back whole', async () => {
  const down = [await withOneToSend(await fixture.createConversation())];
  for (let i = 1; i < 30; i++) down.push(await withOneToSend(await fixture.createConversation({ beside: down[0]! })));

  // It fails often enough to count as down.
  const tried = await claim(6);
  expect(tried).toHaveLength(6);
  await mark(tried, 'queued');

  // The dead channel's lanes are older and more than a hand holds; the other channel's one is found behind them.
  const healthy = await withOneToSend(await fixture.createConversation());
  expect(idsOf(await claim(5))).toEqual([healthy.key.conversationId]);
  expect(await claim(5)).toEqual([]);

  // When it is time, one lane probes and the others go on waiting.
  await fixture.pass(21_000);
  const probe = await claim(50);
  expect(probe.map((job) => job.channelId)).toEqual([down[0]!.channelId]);
  expect(await claim(50)).toEqual([]);

  // An answer brings all of them back at once.
  await mark(probe, 'sent');
  const rest = await claim(50);
  expect(idsOf([...probe, ...rest])).toEqual(down.map((of) => of.key.conversationId).sort());
});

test('[SEND-4] what may have arrived before an outage is sent again after it, however long it was', async () => {
  const first = await withOneToSend(await fixture.createConversation());
  const down = [first];
  for (let i = 1; i < 8; i++) down.push(await withOneToSend(await fixture.createConversation({ beside: first })));
  const ofChannel = (jobs: SendJob[]) => jobs.filter(({ channelId }) => channelId === first.channelId);
  const tried = ofChannel(await claim(50));
  expect(tried).toHaveLength(8);
  await mark(tried, 'uncertain');
  // Nobody looks for an hour, or only to see that the channel is still down.
  await fixture.pass(600_000);
  const probe = ofChannel(await claim(50));
  expect(probe).toHaveLength(1);
  await mark(probe, 'uncertain');
  await fixture.pass(3_000_000);
  const probeAgain = ofChannel(await claim(50));
  expect(probeAgain).toHaveLength(1);
  await mark(probeAgain, 'sent');
  const rest = ofChannel(await claim(50));
  expect(idsOf([...probeAgain, ...rest])).toEqual(down.map((of) => of.key.conversationId).sort());
});

test('a failure now and then is no outage', async () => {
  const [a, b] = [await fixture.createConversation(), await fixture.createConversation()];
  const beside = await fixture.createConversation({ beside: a });
  for (const of of [a, b]) await withOneToSend(of);
  await mark(await claim(10), 'queued');
  await withOneToSend(beside);
  expect(idsOf(await claim(10))).toEqual([beside.key.conversationId]);
});

test('[HOLD-18] a paused agent’s queued reply waits, a teammate’s message elsewhere does not', async () => {
  const of = await fixture.createConversation();
  const other = await fixture.createConversation({ beside: of });
  const [stored] = await fixture.store.load([of.key]);
  await fixture.store.commit([commitItem(of, stored!, { messages: [agentMessage(1)] })]);
  await fixture.changeRules(of, { paused: true });
  await withOneToSend(other);
  const claimed = idsOf(await claim(10));
  expect(claimed).toContain(other.key.conversationId);
  expect(claimed).not.toContain(of.key.conversationId);
  await fixture.changeRules(of, { paused: false });
  await fixture.pass(3_000);
  expect(idsOf(await claim(10))).toContain(of.key.conversationId);
});

test('[SEND-4] senders that came too late to ask a channel do not make it count as down', async () => {
  const all = [await withOneToSend(await fixture.createConversation())];
  for (let i = 1; i < 8; i++) all.push(await withOneToSend(await fixture.createConversation({ beside: all[0]! })));
  const ofChannel = (jobs: SendJob[]) => jobs.filter(({ channelId }) => channelId === all[0]!.channelId);
  await mark(ofChannel(await claim(500)), 'queued', null);
  await fixture.pass(21_000);
  expect(ofChannel(await claim(500))).toHaveLength(8);
});

test('[SEND-4] a channel that refuses what may be there already is not down any more', async () => {
  const all = [await withOneToSend(await fixture.createConversation())];
  for (let i = 1; i < 8; i++) all.push(await withOneToSend(await fixture.createConversation({ beside: all[0]! })));
  const ofChannel = (jobs: SendJob[]) => jobs.filter(({ channelId }) => channelId === all[0]!.channelId);
  await mark(ofChannel(await claim(500)), 'uncertain');
  await fixture.pass(21_000);
  const probe = ofChannel(await claim(500));
  expect(probe).toHaveLength(1);
  await mark(probe, 'uncertain', true);
  expect(ofChannel(await claim(500))).toHaveLength(7);
});
