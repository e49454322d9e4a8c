import { afterAll, beforeAll, describe } from 'vitest';
import { commitItem } from '../testing/commit-item.ts';
import type { Contract } from './contract.ts';
import { commitContract } from './commit.ts';
import { deliveryContract } from './deliveries.ts';
import { duplicateContract } from './duplicates.ts';
import { fenceContract } from './fence.ts';
import { leaseContract } from './leases.ts';
import { listedContract } from './listed.ts';
import { replyContract } from './replies.ts';
import { sendContract } from './sends.ts';
import { uncertainContract } from './uncertain.ts';
import { wakeContract } from './wakes.ts';
import type { StoreFixture } from '../testing/store-fixture.ts';

/** The contract suite of all stores. `makeStore` opens an empty store, which the suite closes at its end. */
export function describeStoreContract(name: string, makeStore: () => Promise<StoreFixture>): void {
  describe(`${name} keeps the store contract`, () => {
    let fixture: StoreFixture | undefined;
    beforeAll(async () => {
      fixture = await makeStore();
    });
    afterAll(async () => {
      await fixture?.close();
    });

    const contract: Contract = {
      get fixture() {
        if (!fixture) throw new Error('the store is open only while the suite runs');
        return fixture;
      },
      async load(of) {
        const [stored] = await contract.fixture.store.load([of.key]);
        if (!stored) throw new Error(`conversation ${of.key.conversationId} is not stored`);
        return stored;
      },
      async transcript({ key }, limit) {
        const [transcript] = await contract.fixture.store.readTranscripts([key], limit);
        return transcript ?? [];
      },
      async commit(of, options) {
        const { verdicts } = await contract.fixture.store.commit([commitItem(of, await contract.load(of), options)]);
        if (!verdicts[0]) throw new Error('no verdict');
        return verdicts[0];
      },
      async committed(of, options) {
        const verdict = await contract.commit(of, options);
        if (verdict.kind !== 'committed') throw new Error(`not committed: ${JSON.stringify(verdict)}`);
        return verdict;
      },
      async refuses(item) {
        try {
          const { verdicts } = await contract.fixture.store.commit([item]);
          return verdicts[0]?.kind !== 'committed';
        } catch {
          return true;
        }
      },
    };

    describe('commits', () => commitContract(contract));
    describe('duplicates', () => duplicateContract(contract));
    describe('the fence', () => fenceContract(contract));
    describe('typing leases', () => leaseContract(contract));
    describe('wakes', () => wakeContract(contract));
    describe('replies', () => replyContract(contract));
    describe('sends', () => sendContract(contract));
    describe('delivery marks', () => deliveryContract(contract));
    describe('marks that hand over', () => listedContract(contract));
    describe('unknown outcomes', () => uncertainContract(contract));
  });
}
