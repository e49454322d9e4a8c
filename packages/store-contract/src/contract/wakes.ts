import { expect, it } from 'vitest';
import { customerMessage } from '../testing/commit-item.ts';
import { type Contract, isOf } from './contract.ts';
import type { FixtureConversation } from '../testing/store-fixture.ts';

export function wakeContract(contract: Contract): void {
  const due = async (of: FixtureConversation) => (await contract.fixture.store.claimDue(1_000)).filter(isOf(of));

  it('[TIME-1] gives a due conversation to one worker', async () => {
    const of = await contract.fixture.createConversation();
    await contract.committed(of, { wakeAt: (await contract.fixture.store.now()) - 1 });
    const [claims, others] = await Promise.all([due(of), due(of)]);
    expect(claims.length + others.length).toBe(1);
    expect(claims[0] ?? others[0]).toEqual(await contract.load(of));
  });

  it('[TIME-1] gives no conversation early, and every late one', async () => {
    const of = await contract.fixture.createConversation();
    await contract.committed(of, { wakeAt: (await contract.fixture.store.now()) + 60_000 });
    expect(await due(of)).toEqual([]);
    await contract.fixture.pass(120_000);
    expect(await due(of)).toHaveLength(1);
  });

  it('[TIME-1] gives a due conversation again after its worker died', async () => {
    const of = await contract.fixture.createConversation();
    await contract.committed(of, { wakeAt: (await contract.fixture.store.now()) - 1 });
    expect(await due(of)).toHaveLength(1);
    expect(await due(of)).toEqual([]);
    await contract.fixture.pass(6_000);
    expect(await due(of)).toHaveLength(1);
  });

  it('[TIME-1] sets the next deadline by a commit, claimed or not', async () => {
    const of = await contract.fixture.createConversation();
    const now = await contract.fixture.store.now();
    await contract.committed(of, { wakeAt: now - 1 });
    expect(await due(of)).toHaveLength(1);
    await contract.committed(of, { wakeAt: now - 1 });
    expect(await due(of)).toHaveLength(1);
    await contract.committed(of, { wakeAt: null });
    await contract.fixture.pass(60_000);
    expect(await due(of)).toEqual([]);
  });

  it('[HOLD-4] postpones a claimed wake if the revision is unchanged', async () => {
    const of = await contract.fixture.createConversation();
    const now = await contract.fixture.store.now();
    await contract.committed(of, { wakeAt: now - 1 });
    await due(of);
    await contract.fixture.store.postpone(of.key, 1, now + 60_000);
    await contract.fixture.pass(10_000);
    expect(await due(of)).toEqual([]);
    await contract.fixture.pass(60_000);
    expect(await due(of)).toHaveLength(1);
    await contract.committed(of, { wakeAt: (await contract.fixture.store.now()) + 60_000 });
    await contract.fixture.store.postpone(of.key, 1, null);
    await contract.fixture.pass(61_000);
    expect(await due(of)).toHaveLength(1);
    expect((await contract.load(of)).version).toBe(2);
  });

  it('[HOLD-12] does not postpone past a change of rules', async () => {
    const of = await contract.fixture.createConversation();
    const now = await contract.fixture.store.now();
    await contract.committed(of, { wakeAt: now - 1 });
    expect(await due(of)).toHaveLength(1);
    const rules = await contract.fixture.changeRules(of, { muteWhenHumanActive: false });
    // New rules raise no revision.
    await contract.fixture.store.postpone(of.key, 1, now + 60_000);
    expect(await due(of)).toMatchObject([{ rules }]);
  });

  it('[HOLD-12] makes conversations with a deadline or waiting customer due on changed rules', async () => {
    const running = await contract.fixture.createConversation();
    const waiting = await contract.fixture.createConversation({ beside: running });
    const calm = await contract.fixture.createConversation({ beside: running });
    const foreign = await contract.fixture.createConversation();
    const later = (await contract.fixture.store.now()) + 60_000;
    await contract.committed(running, { wakeAt: later });
    await contract.committed(waiting, { messages: [customerMessage(1)], view: { waitingSince: Date.now() } });
    await contract.committed(calm, { wakeAt: null });
    await contract.committed(foreign, { wakeAt: later });
    const rules = await contract.fixture.changeRules(running, { paused: true });
    const all = await contract.fixture.store.claimDue(1_000);
    expect(all.filter(isOf(running))).toMatchObject([{ rules }]);
    expect(all.filter(isOf(waiting))).toHaveLength(1);
    expect(all.filter(isOf(calm))).toEqual([]);
    expect(all.filter(isOf(foreign))).toEqual([]);
  });

  it('gives at most the limit, the longest due first', async () => {
    const late = await contract.fixture.createConversation();
    const later = await contract.fixture.createConversation();
    const now = await contract.fixture.store.now();
    await contract.committed(later, { wakeAt: now - 1_000_000 });
    await contract.committed(late, { wakeAt: now - 2_000_000 });
    expect((await contract.fixture.store.claimDue(1)).map((it) => it.key)).toEqual([late.key]);
    expect((await contract.fixture.store.claimDue(1)).map((it) => it.key)).toEqual([later.key]);
  });
}
