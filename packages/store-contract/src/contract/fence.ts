import { expect, it } from 'vitest';
import {
  agentMessage,
  claimOf,
  commitItem,
  customerMessage,
  TAKEN_OVER,
  teammateMessage,
} from '../testing/commit-item.ts';
import type { Contract } from './contract.ts';

export function fenceContract(contract: Contract): void {
  it('[HOLD-2] accepts agent messages only of the current epoch', async () => {
    const of = await contract.fixture.createConversation();
    for (const epoch of [0, 2, null]) {
      const item = commitItem(of, await contract.load(of), { messages: [agentMessage(1, { epoch })] });
      expect(await contract.refuses(item)).toBe(true);
    }
    expect(await contract.load(of)).toMatchObject({ version: 0, lastMessage: null });
    await contract.committed(of, { messages: [agentMessage(1, { epoch: 1 })] });
  });

  it('[HOLD-2] rejects agent messages while people hold', async () => {
    const of = await contract.fixture.createConversation();
    const item = commitItem(of, await contract.load(of), { view: TAKEN_OVER, messages: [agentMessage(1)] });
    expect(await contract.refuses(item)).toBe(true);
    await contract.committed(of, { view: TAKEN_OVER });
    const later = commitItem(of, await contract.load(of), { view: TAKEN_OVER, messages: [agentMessage(1)] });
    expect(await contract.refuses(later)).toBe(true);
  });

  it('[TURN-4] accepts one sendable agent message per turn', async () => {
    const of = await contract.fixture.createConversation();
    await contract.committed(of, { messages: [agentMessage(1, { turn: 4 })], view: { turn: 4 } });
    const again = { messages: [agentMessage(2, { turn: 4 })], view: { turn: 4 } };
    expect(await contract.refuses(commitItem(of, await contract.load(of), again))).toBe(true);
    await contract.committed(of, { messages: [agentMessage(2, { turn: 5 })], view: { turn: 5 } });
  });

  it('[SEND-3] withholds only unclaimed agent messages on a takeover', async () => {
    const of = await contract.fixture.createConversation();
    const mine = teammateMessage(1);
    const reply = agentMessage(2);
    await contract.committed(of, { messages: [mine, reply] });
    const verdict = await contract.committed(of, { view: { ...TAKEN_OVER, lastSeq: 2 } });
    expect(verdict.withheld).toMatchObject([{ id: reply.id, delivery: 'withheld', revision: verdict.revision }]);
    const { store } = contract.fixture;
    expect(await store.readMessage(of.key, mine.id)).toMatchObject({ delivery: 'queued' });
    expect(await store.readMessage(of.key, reply.id)).toMatchObject({ delivery: 'withheld' });
  });

  it('[SEND-3] keeps an older epoch’s messages withheld after a hand-back', async () => {
    const of = await contract.fixture.createConversation();
    await contract.committed(of, { messages: [agentMessage(1)] });
    const verdict = await contract.committed(of, { view: { agentEpoch: 2, lastSeq: 1 } });
    expect(verdict.withheld).toHaveLength(1);
  });

  it('[SEND-3] moves a queued agent message to sending once, by its claim', async () => {
    const of = await contract.fixture.createConversation();
    const reply = agentMessage(1);
    await contract.committed(of, { messages: [reply] });
    const verdict = await contract.committed(of, { claim: claimOf(reply), view: { lastSeq: 1 } });
    expect(verdict.claimed).toMatchObject({ id: reply.id, delivery: 'sending', revision: verdict.revision });
    const again = commitItem(of, await contract.load(of), { claim: claimOf(reply), view: { lastSeq: 1 } });
    expect((await contract.fixture.store.commit([again])).verdicts).toEqual([{ kind: 'staleClaim' }]);
  });

  it('[SEND-4] does not withhold a claimed message on a later takeover', async () => {
    const of = await contract.fixture.createConversation();
    const reply = agentMessage(1);
    await contract.committed(of, { messages: [reply] });
    await contract.committed(of, { claim: claimOf(reply), view: { lastSeq: 1 } });
    const verdict = await contract.committed(of, { view: { ...TAKEN_OVER, lastSeq: 1 } });
    expect(verdict.withheld).toEqual([]);
    expect(await contract.fixture.store.readMessage(of.key, reply.id)).toMatchObject({ delivery: 'sending' });
  });

  it('[HOLD-2] rejects claims while people hold', async () => {
    const of = await contract.fixture.createConversation();
    const reply = agentMessage(1);
    await contract.committed(of, { messages: [reply] });
    const view = { ...TAKEN_OVER, lastSeq: 1 };
    expect(await contract.refuses(commitItem(of, await contract.load(of), { view, claim: claimOf(reply) }))).toBe(true);
    await contract.committed(of, { view });
    expect(await contract.refuses(commitItem(of, await contract.load(of), { view, claim: claimOf(reply) }))).toBe(true);
  });

  it('[TURN-8] accepts and claims the one closing message in agentDisabled', async () => {
    const of = await contract.fixture.createConversation();
    const closing = agentMessage(2);
    const view = { ...TAKEN_OVER, closingSeq: 2, lastSeq: 2, reason: 'handoffRequested' } as const;
    const handoff = await contract.committed(of, { view, messages: [customerMessage(1), closing] });
    expect(handoff.withheld).toEqual([]);
    const claim = await contract.committed(of, { view, claim: claimOf(closing) });
    expect(claim.claimed).toMatchObject({ id: closing.id, delivery: 'sending' });
  });

  it('[TURN-8] withholds the closing message when a person writes or toggles', async () => {
    const of = await contract.fixture.createConversation();
    const view = { ...TAKEN_OVER, closingSeq: 1, lastSeq: 1 };
    await contract.committed(of, { view, messages: [agentMessage(1)] });
    const verdict = await contract.committed(of, { view: { ...view, closingSeq: null } });
    expect(verdict.withheld).toHaveLength(1);
  });

  it('[SEND-3] never commits both a claim and a takeover of one version', async () => {
    const of = await contract.fixture.createConversation();
    const reply = agentMessage(1);
    await contract.committed(of, { messages: [reply] });
    const stored = await contract.load(of);
    const claim = commitItem(of, stored, { claim: claimOf(reply), view: { lastSeq: 1 } });
    const takeover = commitItem(of, stored, { view: { ...TAKEN_OVER, lastSeq: 1 } });
    const { store } = contract.fixture;
    const both = await Promise.all([store.commit([claim]), store.commit([takeover])]);
    expect(both.filter(({ verdicts }) => verdicts[0]?.kind === 'committed')).toHaveLength(1);
  });
}
