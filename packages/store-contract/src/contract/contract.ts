import type { Message } from '@baton/protocol';
import type { CommitItem, ConversationKey, StoredConversation, Verdict } from '@baton/runtime';
import type { ItemOptions } from '../testing/commit-item.ts';
import type { FixtureConversation, StoreFixture } from '../testing/store-fixture.ts';

/** What every part of the contract works with. The fixture is shared: tests look at their own conversations only. */
export interface Contract {
  readonly fixture: StoreFixture;
  load(of: FixtureConversation): Promise<StoredConversation>;
  /** Its newest messages, by rising `seq`. */
  transcript(of: FixtureConversation, limit: number): Promise<Message[]>;
  /** Loads, puts one item together and commits it alone. */
  commit(of: FixtureConversation, options?: ItemOptions): Promise<Verdict>;
  /** The same, for arranging: anything but `committed` is an error. */
  committed(of: FixtureConversation, options?: ItemOptions): Promise<Extract<Verdict, { kind: 'committed' }>>;
  /** True if the item was not committed: a verdict says so, or the store throws, which splits a batch. */
  refuses(item: CommitItem): Promise<boolean>;
}

export function isOf(of: FixtureConversation): (it: { key: ConversationKey }) => boolean {
  return ({ key }) => key.workspaceId === of.key.workspaceId && key.conversationId === of.key.conversationId;
}
