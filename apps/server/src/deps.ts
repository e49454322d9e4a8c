import type { Ms } from '@baton/conversation';
import type { AgentTrial, HumanInteractionRules, Person, ReadMarker, SimulationScript } from '@baton/protocol';
import type { Command, ConversationKey, Outcome } from '@baton/runtime';
import type { InboundChannel, Database } from '@baton/database';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { Auth } from './auth/auth.ts';
import type { SetupToken } from './auth/setup-token.ts';
import type { ChannelModules, VisitorTokens } from '@baton/channels';
import type { ServerConfig } from './http/server-config.ts';

/** Everything the HTTP side needs. Wired in main.ts; tests wire the same parts. */
export interface AppDeps {
  /** Drizzle over a pool of its own: the commit path has another. */
  db: Database;
  runtime: Dispatcher;
  typing: TypingPort;
  intake: IntakePort;
  channels: ChannelModules;
  news: NewsPort;
  simulations: SimulationsPort;
  trials: AgentTrials;
  auth: Auth;
  setupToken: SetupToken;
  visitorTokens: VisitorTokens;
  /** The database's clock, as near as this node knows it. */
  now: () => Ms;
  /** Can this node serve? Answers `GET /readyz`. */
  isReady: () => Promise<boolean>;
  config: ServerConfig;
  metrics: Registry;
  logger: Logger;
}

/** The runtime's front door: one command to one conversation. Never throws for what can happen to a database. */
export interface Dispatcher {
  dispatch(key: ConversationKey, command: Command): Promise<Outcome>;
}

/**
 * Typing without a connection (HOLD-4): the lease is the teammate's and the credential's. `beat` starts it or renews it,
 * and it lasts 8 s.
 */
export interface TypingPort {
  beat(key: ConversationKey, by: Person, credentialId: string): Promise<Outcome | { ok: true }>;
  stop(key: ConversationKey, by: Person, credentialId: string): Promise<Outcome | { ok: true }>;
}

/** Customers who follow a script, in a web chat. */
export interface SimulationsPort {
  /** Null where enough of them are in this workspace already. */
  start(
    place: { workspaceId: string; channelId: string },
    script: SimulationScript | undefined,
  ): Promise<ConversationKey | null>;
}

/** What of the Postgres store is called outside of commands. */
export interface IntakePort {
  /** A channel that is open. Asked for every message: what is revoked is revoked at once. */
  findInboundChannel(this: void, channelId: string): Promise<InboundChannel | null>;
  /** The one conversation of a channel and a customer, made if it is not there yet. */
  openConversation(input: {
    workspaceId: string;
    channelId: string;
    customer: { externalId: string; name: string | null };
  }): Promise<ConversationKey>;
  /** Rules and pause of an agent, under a new rules version; its conversations follow by themselves (HOLD-12, HOLD-18). The audit log has it. */
  changeRules(input: {
    workspaceId: string;
    agentId: string;
    change: Partial<HumanInteractionRules & { paused: boolean }>;
    by: Person;
  }): Promise<void>;
}

/** Tells open pages what no event of a conversation tells. */
export interface NewsPort {
  /** A person has read up to here: their other browsers show it too. */
  read(person: { workspaceId: string; teammateId: string }, marker: ReadMarker): void;
  /** An agent was paused or resumed. */
  agentsChanged(workspaceId: string): void;
}

/** Asking an agent apart from all conversations. */
export interface AgentTrials {
  /** Null: the workspace has no such agent. @throws what the database throws, and when `signal` aborts */
  ask(
    agent: { workspaceId: string; agentId: string },
    question: string,
    signal: AbortSignal,
  ): Promise<AgentTrial | null>;
}
