import { expect, it } from 'vitest';
import type { ReplyJob } from '@baton/runtime';
import { TAKEN_OVER } from '../testing/commit-item.ts';
import { type Contract, isOf } from './contract.ts';
import type { FixtureConversation } from '../testing/store-fixture.ts';

export function replyContract(contract: Contract): void {
  const claim = async (of: FixtureConversation, worker = 'w') =>
    (await contract.fixture.store.claimReplies(worker, 1_000, 10_000)).filter(isOf(of));

  /** A conversation whose agent is generating the reply of turn 1. */
  async function replying(): Promise<FixtureConversation> {
    const of = await contract.fixture.createConversation();
    await contract.committed(of, { view: await generation(1) });
    return of;
  }

  async function generation(turn: number) {
    const startedAt = await contract.fixture.store.now();
    return { turn, generation: { turn, startedAt, deadlineAt: startedAt + 60_000 } };
  }

  const renew = (jobs: ReplyJob[], worker = 'w') => contract.fixture.store.renewReplies(worker, jobs, 10_000);

  it('[TURN-9] gives a generation to one worker', async () => {
    const of = await replying();
    const [one, two] = await Promise.all([claim(of, 'w1'), claim(of, 'w2')]);
    const jobs = [...one, ...two];
    expect(jobs).toMatchObject([{ key: of.key, turn: 1, agentId: of.agentId }]);
    const now = await contract.fixture.store.now();
    expect(jobs[0]?.deadlineAt).toBeGreaterThan(now);
    expect(jobs[0]?.deadlineAt).toBeLessThanOrEqual(now + 60_000);
  });

  it('[TURN-9] gives a generation to another worker only after its claim expires', async () => {
    const of = await replying();
    const jobs = await claim(of, 'w1');
    await contract.fixture.pass(6_000);
    expect(await renew(jobs, 'w1')).toEqual([true]);
    await contract.fixture.pass(6_000);
    expect(await claim(of, 'w2')).toEqual([]);
    await contract.fixture.pass(6_000);
    expect(await claim(of, 'w2')).toHaveLength(1);
    expect(await renew(jobs, 'w1')).toEqual([false]);
    expect(await renew(jobs, 'w2')).toEqual([true]);
  });

  it('[TURN-3] neither gives nor renews a generation whose turn is over', async () => {
    const of = await replying();
    const jobs = await claim(of);
    await contract.committed(of, { view: TAKEN_OVER });
    expect(await renew(jobs)).toEqual([false]);
    await contract.fixture.pass(60_000);
    expect(await claim(of)).toEqual([]);
  });

  it('[TURN-2] gives a generation of a new turn as new work', async () => {
    const of = await replying();
    const old = await claim(of, 'w1');
    await contract.committed(of, { view: await generation(2) });
    expect(await claim(of, 'w2')).toMatchObject([{ turn: 2 }]);
    expect(await renew(old, 'w1')).toEqual([false]);

    const again = await replying();
    const first = await claim(again, 'w1');
    await contract.committed(again, { view: await generation(2) });
    expect(await claim(again, 'w1')).toMatchObject([{ turn: 2 }]);
    expect(await renew(first, 'w1')).toEqual([false]);
  });

  it('[TURN-9] keeps the worker of a generation that a commit leaves unchanged', async () => {
    const of = await replying();
    const jobs = await claim(of, 'w1');
    await contract.committed(of, { view: await generation(1) });
    expect(await claim(of, 'w2')).toEqual([]);
    expect(await renew(jobs, 'w1')).toEqual([true]);
  });

  it('gives a released generation to another worker', async () => {
    const of = await replying();
    const jobs = await claim(of, 'w1');
    await contract.fixture.store.releaseReplies('w2', jobs);
    expect(await claim(of, 'w2')).toEqual([]);
    await contract.fixture.store.releaseReplies('w1', jobs);
    expect(await claim(of, 'w2')).toHaveLength(1);
  });
}
