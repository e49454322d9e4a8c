import type { Ms, Rules } from '@baton/conversation';
import type { ConversationKey, Draft, NewTransition, Store } from '@baton/runtime';

/** A new conversation: version 0, `agentActive`, epoch 1. */
export interface FixtureConversation {
  key: ConversationKey;
  agentId: string;
  channelId: string;
}

export interface ConversationOptions {
  /** Default `http`. */
  channelKind?: string;
  /** Uses the same workspace, agent and channel, with another customer. */
  beside?: FixtureConversation;
  /** With `beside`: uses another channel of the same workspace and agent. */
  otherChannel?: boolean;
}

/** A store for the contract suite, with tenants and access to data that the port does not return. */
export interface StoreFixture {
  store: Store;
  /** By default in a new workspace, with a new agent (default rules, version 1) and a new channel. */
  createConversation(options?: ConversationOptions): Promise<FixtureConversation>;
  /** Changes the rules of an agent and raises their version, as the settings page does. */
  changeRules(agent: FixtureConversation, change: Partial<Omit<Rules, 'version'>>): Promise<Rules>;
  /** Lets time pass: moves the store's clock forward, or all stored times back. */
  pass(ms: Ms): Promise<void>;
  /** The event log, by version. */
  transitions(key: ConversationKey): Promise<NewTransition[]>;
  drafts(key: ConversationKey): Promise<Draft[]>;
  close(): Promise<void>;
}
