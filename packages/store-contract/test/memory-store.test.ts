import { memoryFixture } from '../src/testing/memory-fixture.ts';
import { describeStoreContract } from '../src/contract/store-contract.ts';

describeStoreContract('The memory store', () => Promise.resolve(memoryFixture()));
