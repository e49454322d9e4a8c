import type { Message } from '@baton/protocol';
import type { CommitItem, ConversationKey, StoredConversation, Verdict } from '@baton/runtime';
import type { ItemOptions } from '../testing/commit-item.ts';
import type { FixtureConversation, StoreFixture } from '../testing/store-fixture.ts';

/** Shared by all parts of the contract. Tests look only at their own conversations, because the store is shared. */
export interface Contract {
  readonly fixture: StoreFixture;
  load(of: FixtureConversation): Promise<StoredConversation>;
  /** The conversation's newest messages, by rising `seq`. */
  transcript(of: FixtureConversation, limit: number): Promise<Message[]>;
  /** Loads, builds one item and commits it alone. */
  commit(of: FixtureConversation, options?: ItemOptions): Promise<Verdict>;
  /** Like `commit`, but throws unless the verdict is `committed`. */
  committed(of: FixtureConversation, options?: ItemOptions): Promise<Extract<Verdict, { kind: 'committed' }>>;
  /** True if the store rejected the item by a verdict, or threw. */
  refuses(item: CommitItem): Promise<boolean>;
}

export function isOf(of: FixtureConversation): (it: { key: ConversationKey }) => boolean {
  return ({ key }) => key.workspaceId === of.key.workspaceId && key.conversationId === of.key.conversationId;
}
