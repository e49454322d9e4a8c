import { LEASE_MS } from '@baton/conversation';
import { expect, it } from 'vitest';
import { commitItem } from '../testing/commit-item.ts';
import type { Contract } from './contract.ts';

export function leaseContract(contract: Contract): void {
  it('[HOLD-4] keeps a started lease until it ends', async () => {
    const of = await contract.fixture.createConversation();
    const expiresAt = (await contract.fixture.store.now()) + LEASE_MS;
    await contract.committed(of, { leasesStarted: { a: expiresAt, b: expiresAt } });
    expect((await contract.load(of)).leases).toEqual({ a: expiresAt, b: expiresAt });
    await contract.committed(of, { leasesEnded: ['a', 'never-there'] });
    expect((await contract.load(of)).leases).toEqual({ b: expiresAt });
  });

  it('[HOLD-4] extends a lease to 8 s from now without a new version', async () => {
    const of = await contract.fixture.createConversation();
    const { store } = contract.fixture;
    await contract.committed(of, { leasesStarted: { a: (await store.now()) + 2_000 } });
    const before = await contract.load(of);
    const now = await store.now();
    expect(await store.renewLeases([{ key: of.key, leaseId: 'a' }])).toEqual([true]);
    const { leases, ...after } = await contract.load(of);
    expect(leases['a']).toBeGreaterThanOrEqual(now + LEASE_MS);
    expect(leases['a']).toBeLessThan(now + LEASE_MS + 5_000);
    expect(after).toEqual({ ...before, leases: undefined });
  });

  it('[HOLD-4] never renews an ended or expired lease', async () => {
    const of = await contract.fixture.createConversation();
    const other = await contract.fixture.createConversation({ beside: of });
    const { store } = contract.fixture;
    const expiresAt = (await store.now()) + LEASE_MS;
    await contract.committed(of, { leasesStarted: { ended: expiresAt, alive: expiresAt + 60_000, late: expiresAt } });
    await contract.committed(of, { leasesEnded: ['ended'] });
    await contract.fixture.pass(LEASE_MS + 1_000);
    const renewals = ['ended', 'alive', 'late', 'unknown'].map((leaseId) => ({ key: of.key, leaseId }));
    const elsewhere = { key: other.key, leaseId: 'alive' };
    expect(await store.renewLeases([...renewals, elsewhere])).toEqual([false, true, false, false, false]);
    expect(Object.keys((await contract.load(of)).leases)).not.toContain('ended');
  });

  it('[HOLD-4] keeps the renewed expiry of a surviving lease', async () => {
    const of = await contract.fixture.createConversation();
    const { store } = contract.fixture;
    const expiresAt = (await store.now()) + 2_000;
    await contract.committed(of, { leasesStarted: { a: expiresAt } });
    await store.renewLeases([{ key: of.key, leaseId: 'a' }]);
    const renewed = (await contract.load(of)).leases['a'];
    expect(renewed).toBeGreaterThan(expiresAt);
    await contract.committed(of, { leasesStarted: { b: expiresAt } });
    expect((await contract.load(of)).leases).toEqual({ a: renewed, b: expiresAt });
  });

  it('[HOLD-5] reports a conflict when an expired-looking lease was renewed', async () => {
    const of = await contract.fixture.createConversation();
    const { store } = contract.fixture;
    const expiresAt = (await store.now()) + 2_000;
    await contract.committed(of, { leasesStarted: { a: expiresAt } });
    const ending = { leasesEnded: ['a'], leasesExpired: { ids: ['a'], at: expiresAt } };
    const item = commitItem(of, await contract.load(of), ending);
    await store.renewLeases([{ key: of.key, leaseId: 'a' }]);
    expect((await store.commit([item])).verdicts).toEqual([{ kind: 'conflict' }]);
    const renewed = (await contract.load(of)).leases['a'] ?? 0;
    await contract.committed(of, { leasesEnded: ['a'], leasesExpired: { ids: ['a'], at: renewed } });
    expect((await contract.load(of)).leases).toEqual({});
  });
}
