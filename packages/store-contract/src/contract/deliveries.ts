import { expect, it } from 'vitest';
import {
  agentMessage,
  claimOf,
  commitItem,
  deliveryMark,
  TAKEN_OVER,
  teammateMessage,
} from '../testing/commit-item.ts';
import { type Contract, isOf } from './contract.ts';
import { laneOf } from './lane.ts';
import type { FixtureConversation } from '../testing/store-fixture.ts';

export function deliveryContract(contract: Contract): void {
  const { claim, sending } = laneOf(contract);

  it('[SEND-4] ignores an earlier attempt’s mark during the next attempt', async () => {
    const { of, head, store } = await sending('whatsapp');
    const back = deliveryMark(of, head.id, { delivery: 'queued', attempt: 1, retryAt: (await store.now()) - 1 });
    expect(await store.markDeliveries([back])).toMatchObject([{ delivery: 'queued' }]);
    expect(await claim(of)).toMatchObject([{ message: { id: head.id }, attempts: 1, mayHaveArrived: false }]);
    // The mark's answer was lost, so it is written again.
    expect(await store.markDeliveries([back])).toEqual([null]);
    const failed = deliveryMark(of, head.id, { delivery: 'failed', attempt: 1 });
    expect(await store.markDeliveries([failed])).toEqual([null]);
    expect(await store.markDeliveries([{ ...failed, attempt: 2 }])).toMatchObject([{ delivery: 'failed' }]);
  });

  it('[SEND-4] never marks a message unsent that may have arrived', async () => {
    const { of, head, store } = await sending('http');
    const retryAt = (await store.now()) - 1;
    await store.markDeliveries([deliveryMark(of, head.id, { delivery: 'uncertain', attempt: 1, retryAt })]);
    expect(await claim(of)).toMatchObject([{ message: { id: head.id }, attempts: 1, mayHaveArrived: true }]);
    const back = deliveryMark(of, head.id, { delivery: 'queued', attempt: 2, retryAt });
    expect(await store.markDeliveries([back])).toMatchObject([{ delivery: 'uncertain' }]);
    expect(await claim(of)).toMatchObject([{ message: { id: head.id }, attempts: 2 }]);
  });

  it('[SEE-6] raises the revision by each mark and returns changed messages in order', async () => {
    const { of, head, store } = await sending();
    const other = await sending();
    const before = await contract.load(of);
    const marked = await store.markDeliveries([
      deliveryMark(other.of, other.head.id, { delivery: 'failed', error: 'no such number' }),
      deliveryMark(of, head.id, { providerId: 'p-1' }),
      deliveryMark(of, '0193a000-0000-7000-8000-0000000000ff', {}),
    ]);
    expect(marked.map((it) => [it?.id, it?.delivery])).toEqual([
      [other.head.id, 'failed'],
      [head.id, 'sent'],
      [undefined, undefined],
    ]);
    const after = await contract.load(of);
    expect(after.version).toBe(before.version);
    expect(after.revision).toBeGreaterThan(before.revision);
    expect(marked[1]?.revision).toBe(after.revision);
    expect(await store.readMessage(of.key, head.id)).toEqual(marked[1]);
  });

  it('[SEND-2] never moves a message back by a mark', async () => {
    const { of, head, next, store } = await sending();
    await store.markDeliveries([deliveryMark(of, head.id, { delivery: 'read' })]);
    for (const delivery of ['queued', 'uncertain', 'sent', 'delivered', 'failed', 'read'] as const) {
      expect(await store.markDeliveries([deliveryMark(of, head.id, { delivery })])).toEqual([null]);
    }
    expect(await store.markDeliveries([deliveryMark(of, next.id, { delivery: 'delivered' })])).toEqual([null]);
    expect(await store.readMessage(of.key, head.id)).toMatchObject({ delivery: 'read' });
  });

  it('[SEND-2] marks a sent message delivered, then read', async () => {
    const { of, head, store } = await sending();
    for (const delivery of ['sent', 'delivered', 'read'] as const) {
      expect(await store.markDeliveries([deliveryMark(of, head.id, { delivery })])).toMatchObject([{ delivery }]);
    }
  });

  it('[SEND-5] does not free the lane for an older message’s receipt', async () => {
    const { of, head, next, store } = await sending();
    await store.markDeliveries([deliveryMark(of, head.id, {})]);
    expect(await claim(of)).toMatchObject([{ message: { id: next.id } }]);
    const third = teammateMessage(3);
    await contract.committed(of, { messages: [third] });
    await store.markDeliveries([deliveryMark(of, head.id, { delivery: 'delivered' })]);
    expect(await claim(of)).toEqual([]);
  });

  it('[SEND-5] returns a message to the head of its lane until retryAt', async () => {
    const { of, head, store } = await sending();
    const retryAt = (await store.now()) + 20_000;
    expect(await store.markDeliveries([deliveryMark(of, head.id, { delivery: 'queued', retryAt })])).toMatchObject([
      { delivery: 'queued' },
    ]);
    expect(await claim(of)).toEqual([]);
    await contract.fixture.pass(21_000);
    expect(await claim(of)).toMatchObject([{ message: { id: head.id, delivery: 'sending' }, attempts: 1 }]);
  });

  it('[SEND-3] withholds instead of queueing an agent message while people hold', async () => {
    const of = await contract.fixture.createConversation();
    const reply = agentMessage(1);
    await contract.committed(of, { messages: [reply] });
    await claim(of);
    await contract.committed(of, { claim: claimOf(reply), view: { lastSeq: 1 } });
    await contract.committed(of, { view: { ...TAKEN_OVER, lastSeq: 1 } });
    const back = deliveryMark(of, reply.id, {
      delivery: 'queued',
      retryAt: (await contract.fixture.store.now()) + 1_000,
    });
    expect(await contract.fixture.store.markDeliveries([back])).toMatchObject([{ delivery: 'withheld' }]);
    await contract.fixture.pass(60_000);
    expect(await claim(of)).toEqual([]);
  });

  it('[SEND-3] sends the next message at once when a delayed reply is withheld', async () => {
    const { store } = contract.fixture;
    const of = await contract.fixture.createConversation();
    const reply = agentMessage(1);
    await contract.committed(of, { messages: [reply] });
    await claim(of);
    await contract.committed(of, { claim: claimOf(reply), view: { lastSeq: 1 } });
    const retryAt = (await store.now()) + 300_000;
    await store.markDeliveries([deliveryMark(of, reply.id, { delivery: 'queued', attempt: 1, retryAt })]);
    expect(await claim(of)).toEqual([]);
    const mine = teammateMessage(2);
    await contract.committed(of, { view: { ...TAKEN_OVER, lastSeq: 2 }, messages: [mine] });
    expect(await store.readMessage(of.key, reply.id)).toMatchObject({ delivery: 'withheld' });
    expect(await claim(of)).toMatchObject([{ message: { id: mine.id } }]);
  });

  const due = async (of: FixtureConversation) =>
    (await contract.fixture.store.claimDue(1_000)).filter(isOf(of)).map(({ inFlight }) => inFlight);

  /** A conversation whose reply is being sent, and the item options that keep it in flight. */
  async function replying() {
    const of = await contract.fixture.createConversation();
    const reply = agentMessage(1);
    await contract.committed(of, { messages: [reply] });
    await claim(of);
    const { snapshot } = commitItem(of, await contract.load(of));
    const inFlight = { messageId: reply.id, seq: 1, turn: 1, epoch: 1, covers: [] };
    const claimed = { snapshot: { ...snapshot, context: { ...snapshot.context, inFlight } }, view: { lastSeq: 1 } };
    await contract.committed(of, { ...claimed, claim: claimOf(reply) });
    const comesBack = (delivery: 'queued' | 'failed') =>
      contract.fixture.store.markDeliveries([deliveryMark(of, reply.id, { delivery, attempt: 1 })]);
    return { of, claimed, comesBack };
  }

  for (const delivery of ['queued', 'withheld', 'failed'] as const) {
    it(`[TURN-6] makes the conversation of a ${delivery} agent message due, and loads that delivery`, async () => {
      const { of, claimed, comesBack } = await replying();
      expect(await contract.load(of)).toMatchObject({ inFlight: 'sending' });
      expect(await due(of)).toEqual([]);

      if (delivery === 'withheld') await contract.committed(of, { ...claimed, view: { ...TAKEN_OVER, lastSeq: 1 } });
      await comesBack(delivery === 'failed' ? 'failed' : 'queued');
      expect(await due(of)).toEqual([delivery]);
    });
  }

  it('[TURN-6] keeps a conversation due when its reply came back unnoticed', async () => {
    const { of, claimed, comesBack } = await replying();
    const before = await contract.load(of);
    await comesBack('queued');
    await contract.fixture.store.postpone(of.key, before.revision, null);
    expect(await due(of)).toEqual(['queued']);
    const { verdicts } = await contract.fixture.store.commit([
      commitItem(of, before, { ...claimed, knownRevision: before.revision }),
    ]);
    expect(verdicts).toMatchObject([{ kind: 'committed' }]);
    expect(await due(of)).toEqual(['queued']);
    // A commit that knows of the mark sets the deadline.
    const { revision } = await contract.load(of);
    await contract.committed(of, { ...claimed, knownRevision: revision });
    expect(await due(of)).toEqual([]);
  });

  it('makes nothing due for marks without a reply in flight', async () => {
    const { of, head, store } = await sending();
    const before = await contract.load(of);
    await store.markDeliveries([deliveryMark(of, head.id)]);
    await store.commit([commitItem(of, before)]);
    expect(await due(of)).toEqual([]);
  });

  it('[TURN-6] makes nothing due for a person’s unsent message', async () => {
    const { of, head, store } = await sending();
    await store.markDeliveries([deliveryMark(of, head.id, { delivery: 'failed' })]);
    expect(await due(of)).toEqual([]);
    expect(await contract.load(of)).toMatchObject({ inFlight: null });
  });
}
