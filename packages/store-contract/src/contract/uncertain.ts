import { expect, it } from 'vitest';
import { agentMessage, deliveryMark, TAKEN_OVER, teammateMessage } from '../testing/commit-item.ts';
import type { Contract } from './contract.ts';
import { laneOf } from './lane.ts';

export function uncertainContract(contract: Contract): void {
  const { claim, sending, replying } = laneOf(contract);

  it('[SEND-4] retries an uncertain message on an idempotent channel', async () => {
    const { of, head, store } = await sending('http');
    const retryAt = (await store.now()) + 5_000;
    const mark = deliveryMark(of, head.id, { delivery: 'uncertain', retryAt });
    expect(await store.markDeliveries([mark])).toMatchObject([{ delivery: 'uncertain', retrying: true }]);
    expect(await claim(of)).toEqual([]);
    await contract.fixture.pass(6_000);
    expect(await claim(of)).toMatchObject([{ message: { id: head.id, retrying: false }, attempts: 1 }]);
    const [last] = await store.markDeliveries([deliveryMark(of, head.id, { delivery: 'uncertain', attempt: 2 })]);
    expect(last).toMatchObject({ delivery: 'uncertain', retrying: false });
  });

  it('[SEND-4] says whether a dead sender’s message is being retried', async () => {
    for (const channelKind of ['http', 'whatsapp'] as const) {
      const { of, reply, store } = await replying(channelKind);
      await contract.fixture.pass(31_000);
      await claim(of);
      const left = await store.readMessage(of.key, reply.id);
      expect(left).toMatchObject({ delivery: 'uncertain', retrying: channelKind === 'http' });
    }
  });

  it('[SEND-3] [SEND-4] stops and reports retries of an uncertain reply on a takeover', async () => {
    const { of, reply, store } = await replying('http');
    await contract.fixture.pass(31_000);
    await claim(of);
    const takeover = await contract.committed(of, { view: { ...TAKEN_OVER, lastSeq: 1 } });
    const told = { id: reply.id, delivery: 'uncertain', retrying: false, revision: takeover.revision };
    expect(takeover.withheld).toMatchObject([told]);
    expect(await store.readMessage(of.key, reply.id)).toMatchObject(told);
    const later = await contract.committed(of, { view: { ...TAKEN_OVER, lastSeq: 1 } });
    expect(later.withheld).toEqual([]);
  });

  it('[SEND-4] retries late, and lets no later message overtake', async () => {
    const { of, head, store } = await sending('http');
    const retryAt = (await store.now()) + 5_000;
    await store.markDeliveries([deliveryMark(of, head.id, { delivery: 'uncertain', attempt: 1, retryAt })]);
    await contract.fixture.pass(3_600_000);
    expect(await claim(of)).toMatchObject([{ message: { id: head.id }, attempts: 1 }]);

    const { of: replied, reply } = await replying('http');
    await contract.fixture.pass(31_000);
    // The worker dies before the claim.
    expect(await claim(replied)).toMatchObject([{ message: { id: reply.id, delivery: 'uncertain' } }]);
    await contract.fixture.pass(3_600_000);
    expect(await claim(replied)).toMatchObject([{ message: { id: reply.id }, turn: 1 }]);
  });

  it('[SEND-4] blocks later messages for 30 s, or until the outcome is known', async () => {
    const { of, head, next, store } = await sending('whatsapp');
    await store.markDeliveries([deliveryMark(of, head.id, { delivery: 'uncertain' })]);
    expect(await claim(of)).toEqual([]);
    expect(await store.markDeliveries([deliveryMark(of, head.id, { delivery: 'sent' })])).toMatchObject([
      { delivery: 'sent' },
    ]);
    expect(await claim(of)).toMatchObject([{ message: { id: next.id } }]);

    const blocked = await sending('whatsapp');
    await store.markDeliveries([deliveryMark(blocked.of, blocked.head.id, { delivery: 'uncertain' })]);
    await contract.fixture.pass(31_000);
    expect(await claim(blocked.of)).toMatchObject([{ message: { id: blocked.next.id } }]);
  });

  it('[SEND-4] does not extend the block on a late uncertain mark', async () => {
    const { of, head, next, store } = await sending('whatsapp');
    await contract.fixture.pass(31_000);
    expect(await claim(of)).toEqual([]);
    expect(await store.readMessage(of.key, head.id)).toMatchObject({ delivery: 'uncertain' });
    await contract.fixture.pass(25_000);
    await store.markDeliveries([deliveryMark(of, head.id, { delivery: 'uncertain', attempt: 1 })]);
    await contract.fixture.pass(6_000);
    expect(await claim(of)).toMatchObject([{ message: { id: next.id } }]);
  });

  it('[SEND-4] never retries a message without retryAt', async () => {
    const { of, head, next, store } = await sending('http');
    const reply = agentMessage(3);
    await contract.committed(of, { messages: [reply], view: { lastSeq: 3 } });
    await store.markDeliveries([deliveryMark(of, head.id, { delivery: 'uncertain', attempt: 1 })]);
    await contract.committed(of, { view: { ...TAKEN_OVER, lastSeq: 3 } });
    expect(await claim(of)).toEqual([]);
    expect(await store.readMessage(of.key, head.id)).toMatchObject({ delivery: 'uncertain', retrying: false });
    await contract.fixture.pass(31_000);
    expect(await claim(of)).toMatchObject([{ message: { id: next.id } }]);
  });

  for (const first of ['its outcome', 'the takeover'] as const) {
    it(`[SEND-4] frees the lane of an uncertain reply within 30 s (first ${first})`, async () => {
      const { of, reply, store } = await replying('http');
      const mine = teammateMessage(2);
      const outcome = async () =>
        store.markDeliveries([
          deliveryMark(of, reply.id, { delivery: 'uncertain', attempt: 1, retryAt: (await store.now()) + 300_000 }),
        ]);
      const takeover = () => contract.committed(of, { view: { ...TAKEN_OVER, lastSeq: 2 }, messages: [mine] });
      for (const act of first === 'the takeover' ? [takeover, outcome] : [outcome, takeover]) await act();
      expect(await claim(of)).toEqual([]);
      await contract.fixture.pass(31_000);
      expect(await claim(of)).toMatchObject([{ message: { id: mine.id } }]);
      expect(await store.readMessage(of.key, reply.id)).toMatchObject({ delivery: 'uncertain' });
    });
  }
}
