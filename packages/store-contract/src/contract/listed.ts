import { expect, it } from 'vitest';
import { deliveryMark, TAKEN_OVER, teammateMessage } from '../testing/commit-item.ts';
import { type Contract, isOf } from './contract.ts';
import { laneOf } from './lane.ts';
import type { FixtureConversation } from '../testing/store-fixture.ts';

/** Channels on which the `sent` mark hands the message over (ADR 7). */
export function listedContract(contract: Contract): void {
  const { claim, replying } = laneOf(contract);
  const takeOver = (of: FixtureConversation) => contract.committed(of, { view: { ...TAKEN_OVER, lastSeq: 1 } });

  async function mark(of: FixtureConversation, id: string, attempt: number | null) {
    const [marked] = await contract.fixture.store.markDeliveries([deliveryMark(of, id, { delivery: 'sent', attempt })]);
    return marked?.delivery ?? null;
  }

  it('[SEND-2] hands an agent message over while the agent holds', async () => {
    const { of, reply } = await replying();
    expect(await mark(of, reply.id, 1)).toBe('sent');
  });

  it('[HOLD-2] withholds it after a takeover since its claim, and wakes its conversation', async () => {
    const { of, reply } = await replying();
    await takeOver(of);
    expect(await mark(of, reply.id, 1)).toBe('withheld');
    expect((await contract.fixture.store.claimDue(1_000)).filter(isOf(of))).toHaveLength(1);
  });

  it('[HOLD-2] keeps it uncertain when its sender returns late', async () => {
    const { of, reply } = await replying();
    await contract.fixture.pass(31_000);
    await claim(of);
    await takeOver(of);
    expect(await mark(of, reply.id, 1)).toBeNull();
    expect(await contract.fixture.store.readMessage(of.key, reply.id)).toMatchObject({ delivery: 'uncertain' });
    // A mark without an attempt applies whoever holds: the provider already has the message.
    expect(await mark(of, reply.id, null)).toBe('sent');
  });

  it('[SEND-2] hands a person’s message over whoever holds', async () => {
    const of = await contract.fixture.createConversation();
    const mine = teammateMessage(1);
    await contract.committed(of, { messages: [mine] });
    await claim(of);
    await takeOver(of);
    expect(await mark(of, mine.id, 1)).toBe('sent');
  });
}
