import type { Ms, Rules } from '@baton/conversation';
import type { ConversationKey, Draft, NewTransition, Store } from '@baton/runtime';

/** A conversation made for a test, in which nothing has happened yet: version 0, `agentActive`, epoch 1. */
export interface FixtureConversation {
  key: ConversationKey;
  agentId: string;
  channelId: string;
}

export interface ConversationOptions {
  /** Default `http`. */
  channelKind?: string;
  /** Puts it into the same workspace, agent and channel, with another customer. */
  beside?: FixtureConversation;
  /** With `beside`: on a channel of its own in the same workspace, with the same agent. */
  otherChannel?: boolean;
}

/** What the contract suite needs around a store: tenants, and a look at what stores do not give back. */
export interface StoreFixture {
  store: Store;
  /** In a workspace, with an agent (default rules, version 1) and a channel of its own unless told otherwise. */
  createConversation(options?: ConversationOptions): Promise<FixtureConversation>;
  /** Changes the rules of an agent as the settings page does: raises their version. */
  changeRules(agent: FixtureConversation, change: Partial<Omit<Rules, 'version'>>): Promise<Rules>;
  /** Lets time pass: moves the store's clock on, or everything stored back. */
  pass(ms: Ms): Promise<void>;
  /** The event log, by version. */
  transitions(key: ConversationKey): Promise<NewTransition[]>;
  drafts(key: ConversationKey): Promise<Draft[]>;
  close(): Promise<void>;
}
