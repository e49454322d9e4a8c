import { DEFAULT_RULES } from '@baton/protocol';
import { v7 } from 'uuid';
import { MemoryStore, type MemoryStoreOptions } from '../memory/memory-store.ts';
import type { StoreFixture } from './store-fixture.ts';

export interface MemoryFixture extends StoreFixture {
  store: MemoryStore;
}

/** A memory store with its own clock, or with the given one. */
export function memoryFixture(options: Partial<MemoryStoreOptions> = {}): MemoryFixture {
  let passed = 0;
  const now = options.now ?? Date.now;
  const store = new MemoryStore({ ...options, now: () => now() + passed });
  return {
    store,
    async createConversation({ beside, otherChannel = false, channelKind = 'http' } = {}) {
      const agentId = beside?.agentId ?? v7();
      if (!beside) store.setRules(agentId, { ...DEFAULT_RULES, version: 1, paused: false });
      const channelId = beside && !otherChannel ? beside.channelId : v7();
      const key = { workspaceId: beside?.key.workspaceId ?? v7(), conversationId: v7() };
      const customer = { id: v7(), name: 'Cleo' };
      store.addConversation({ key, channelId, channelKind, recipient: customer.id, customer, agentId });
      return { key, agentId, channelId };
    },
    changeRules({ agentId }, change) {
      const before = store.rulesOf(agentId);
      const rules = { ...before, ...change, version: before.version + 1 };
      store.setRules(agentId, rules);
      return Promise.resolve(rules);
    },
    pass(ms) {
      passed += ms;
      return Promise.resolve();
    },
    transitions: (key) => Promise.resolve(store.row(key).transitions),
    drafts: (key) => Promise.resolve(store.row(key).drafts),
    close: () => Promise.resolve(),
  };
}
