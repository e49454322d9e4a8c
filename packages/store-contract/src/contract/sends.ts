import { expect, it } from 'vitest';
import {
  agentMessage,
  claimOf,
  customerMessage,
  deliveryMark,
  TAKEN_OVER,
  teammateMessage,
} from '../testing/commit-item.ts';
import { type Contract, isOf } from './contract.ts';
import type { FixtureConversation } from '../testing/store-fixture.ts';

export function sendContract(contract: Contract): void {
  const claim = async (of: FixtureConversation, worker = 'w', leaseMs = 10_000) =>
    (await contract.fixture.store.claimSends(worker, 1_000, leaseMs)).filter(isOf(of));

  const mark = (of: FixtureConversation, messageId: string, delivery: 'sent' | 'uncertain') =>
    contract.fixture.store.markDeliveries([deliveryMark(of, messageId, { delivery })]);

  it('[SEND-5] gives a conversation’s messages one by one, by seq', async () => {
    const of = await contract.fixture.createConversation();
    const messages = [teammateMessage(2), teammateMessage(3)];
    await contract.committed(of, { messages: [customerMessage(1), ...messages] });
    for (const message of messages) {
      expect(await claim(of)).toMatchObject([
        { message: { id: message.id, delivery: 'sending' }, channelId: of.channelId, channelKind: 'http', attempts: 0 },
      ]);
      expect(await claim(of)).toEqual([]);
      await mark(of, message.id, 'sent');
    }
    expect(await claim(of)).toEqual([]);
  });

  it('[SEND-5] gives a lane to one worker', async () => {
    const of = await contract.fixture.createConversation();
    await contract.committed(of, { messages: [teammateMessage(1)] });
    const [one, two] = await Promise.all([claim(of, 'w1'), claim(of, 'w2')]);
    expect(one.length + two.length).toBe(1);
  });

  it('[SEND-2] marks a person’s message as sending when claimed', async () => {
    const of = await contract.fixture.createConversation();
    const message = teammateMessage(1);
    await contract.committed(of, { messages: [message] });
    const before = await contract.load(of);
    const jobs = await claim(of);
    const now = await contract.fixture.store.now();
    const claimedAt = jobs[0]?.claimedAt ?? 0;
    expect(Math.abs(claimedAt - now)).toBeLessThan(5_000);
    const after = await contract.load(of);
    expect(after.version).toBe(before.version);
    expect(after.revision).toBeGreaterThan(before.revision);
    expect(jobs[0]?.message.revision).toBe(after.revision);
    expect(await contract.fixture.store.readMessage(of.key, message.id)).toEqual(jobs[0]?.message);
  });

  it('[SEND-3] keeps an agent message queued until reply.claimed is committed', async () => {
    const of = await contract.fixture.createConversation();
    const reply = agentMessage(1, { turn: 3 });
    await contract.committed(of, { messages: [reply] });
    expect(await claim(of)).toMatchObject([
      { turn: 3, claimedAt: null, message: { id: reply.id, delivery: 'queued' } },
    ]);
    expect(await claim(of)).toEqual([]);
    await contract.committed(of, { claim: claimOf(reply), view: { lastSeq: 1 } });
    await mark(of, reply.id, 'sent');
    expect(await contract.fixture.store.readMessage(of.key, reply.id)).toMatchObject({ delivery: 'sent' });
  });

  it('[SEND-3] skips a withheld message', async () => {
    const of = await contract.fixture.createConversation();
    await contract.committed(of, { messages: [agentMessage(1)] });
    const mine = teammateMessage(2);
    await contract.committed(of, { view: TAKEN_OVER, messages: [mine] });
    expect(await claim(of)).toMatchObject([{ message: { id: mine.id }, turn: null }]);
  });

  it('[TURN-8] gives the closing message in agentDisabled', async () => {
    const of = await contract.fixture.createConversation();
    const closing = agentMessage(1, { turn: 2 });
    await contract.committed(of, { view: { ...TAKEN_OVER, closingSeq: 1 }, messages: [closing] });
    expect(await claim(of)).toMatchObject([{ turn: 2, message: { id: closing.id } }]);
  });

  it('gives a released or expired lane to another worker', async () => {
    const of = await contract.fixture.createConversation();
    await contract.committed(of, { messages: [agentMessage(1)] });
    expect(await claim(of, 'w1')).toHaveLength(1);
    await contract.fixture.store.releaseSends('w2', [of.key]);
    expect(await claim(of, 'w2')).toEqual([]);
    await contract.fixture.store.releaseSends('w1', [of.key]);
    expect(await claim(of, 'w2')).toHaveLength(1);
    await contract.fixture.pass(11_000);
    expect(await claim(of, 'w3')).toHaveLength(1);
  });

  it('[SEND-4] retries a dead sender’s message after 30 s on an idempotent channel', async () => {
    const of = await contract.fixture.createConversation({ channelKind: 'http' });
    const message = teammateMessage(1);
    await contract.committed(of, { messages: [message] });
    expect(await claim(of)).toHaveLength(1);
    await contract.fixture.pass(15_000);
    expect(await claim(of)).toEqual([]);
    await contract.fixture.pass(16_000);
    expect(await claim(of)).toMatchObject([{ message: { id: message.id }, attempts: 1 }]);
  });

  it('[SEND-4] blocks the lane for 30 s more on other channels', async () => {
    const of = await contract.fixture.createConversation({ channelKind: 'whatsapp' });
    const [lost, next] = [teammateMessage(1), teammateMessage(2)];
    await contract.committed(of, { messages: [lost, next] });
    expect(await claim(of)).toHaveLength(1);
    await contract.fixture.pass(31_000);
    expect(await claim(of)).toEqual([]);
    expect(await contract.fixture.store.readMessage(of.key, lost.id)).toMatchObject({ delivery: 'uncertain' });
    await contract.fixture.pass(15_000);
    expect(await claim(of)).toEqual([]);
    await contract.fixture.pass(16_000);
    expect(await claim(of)).toMatchObject([{ message: { id: next.id } }]);
    await mark(of, next.id, 'sent');
    expect(await claim(of)).toEqual([]);
  });

  it('[SEND-4] [SEE-6] reports uncertain messages, but not those sending again at once', async () => {
    const told: (string | null)[] = [];
    for (const channelKind of ['whatsapp', 'http'] as const) {
      const of = await contract.fixture.createConversation({ channelKind });
      await contract.committed(of, { messages: [teammateMessage(1)] });
      await claim(of);
      await contract.fixture.pass(31_000);
      await contract.fixture.store.claimSends('w', 1_000, 10_000, ({ key, message }) => {
        if (key.conversationId === of.key.conversationId) told.push(`${channelKind} ${message.delivery}`);
      });
    }
    expect(told).toEqual(['whatsapp uncertain']);
  });

  it('[SEND-4] requires a new claim before retrying an uncertain agent message', async () => {
    const of = await contract.fixture.createConversation({ channelKind: 'http' });
    const reply = agentMessage(1, { turn: 3 });
    await contract.committed(of, { messages: [reply] });
    await claim(of);
    await contract.committed(of, { claim: claimOf(reply), view: { lastSeq: 1 } });
    await contract.fixture.pass(31_000);
    expect(await claim(of)).toMatchObject([
      { turn: 3, claimedAt: null, message: { id: reply.id, delivery: 'uncertain' } },
    ]);
    const verdict = await contract.committed(of, { claim: claimOf(reply, 2), view: { lastSeq: 1 } });
    expect(verdict.claimed).toMatchObject({ id: reply.id, delivery: 'sending' });
  });

  it.each(['uncertain', 'queued'] as const)(
    '[SEND-4] who hears of a lane too late claims nothing that another sender has tried since, though it is %s',
    async (delivery) => {
      const of = await contract.fixture.createConversation({ channelKind: 'whatsapp' });
      const reply = agentMessage(1);
      await contract.committed(of, { messages: [reply] });
      expect(await claim(of, 'slow', 4_000)).toMatchObject([{ attempts: 0 }]);
      await contract.fixture.pass(5_000);
      expect(await claim(of, 'quick')).toMatchObject([{ attempts: 0 }]);
      const first = { claim: claimOf(reply), view: { lastSeq: 1 } };
      await contract.committed(of, first);
      await contract.fixture.store.markDeliveries([deliveryMark(of, reply.id, { delivery, attempt: 1 })]);
      expect(await contract.commit(of, first)).toEqual({ kind: 'staleClaim' });
      expect(await contract.fixture.store.readMessage(of.key, reply.id)).toMatchObject({ delivery });
      await contract.committed(of, { ...first, claim: claimOf(reply, 2) });
    },
  );

  it.each(['sending', 'sent', 'failed'] as const)(
    '[SEND-2] [SEND-4] what is %s is claimed for no further attempt',
    async (delivery) => {
      const of = await contract.fixture.createConversation();
      const reply = agentMessage(1);
      await contract.committed(of, { messages: [reply] });
      await contract.committed(of, { claim: claimOf(reply), view: { lastSeq: 1 } });
      if (delivery !== 'sending')
        await contract.fixture.store.markDeliveries([deliveryMark(of, reply.id, { delivery })]);
      expect(await contract.commit(of, { claim: claimOf(reply, 2), view: { lastSeq: 1 } })).toEqual({
        kind: 'staleClaim',
      });
      expect(await contract.fixture.store.readMessage(of.key, reply.id)).toMatchObject({ delivery });
    },
  );

  it('[HOLD-2] does not retry an uncertain agent message while people hold', async () => {
    const of = await contract.fixture.createConversation({ channelKind: 'http' });
    const reply = agentMessage(1);
    const mine = teammateMessage(2);
    await contract.committed(of, { messages: [reply] });
    await claim(of);
    await contract.committed(of, { claim: claimOf(reply), view: { lastSeq: 1 } });
    await contract.committed(of, { view: TAKEN_OVER, messages: [mine] });
    await contract.fixture.pass(31_000);
    expect(await claim(of)).toEqual([]);
    expect(await contract.fixture.store.readMessage(of.key, reply.id)).toMatchObject({ delivery: 'uncertain' });
    await contract.fixture.pass(31_000);
    expect(await claim(of)).toMatchObject([{ message: { id: mine.id } }]);
  });
}
