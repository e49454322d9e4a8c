import type { AgentTrial, HumanInteractionRules, Person, ReadMarker, SimulationScript } from '@baton/protocol';
import type { InboundChannel } from '@baton/database';
import type { Command, ConversationKey, Outcome } from '@baton/runtime';

/** Sends one command to one conversation. Database failures are outcomes, never throws. */
export interface Dispatcher {
  dispatch(key: ConversationKey, command: Command): Promise<Outcome>;
}

/** Typing over HTTP (HOLD-4). The lease belongs to the teammate and the credential; each `beat` extends it by 8 s. */
export interface TypingPort {
  beat(key: ConversationKey, by: Person, credentialId: string): Promise<Outcome | { ok: true }>;
  stop(key: ConversationKey, by: Person, credentialId: string): Promise<Outcome | { ok: true }>;
}

/** Typing over a socket (HOLD-4). */
export interface ConnectionTyping extends TypingPort {
  /** Ends the leases of this connection after 3 s, unless it returns. */
  connectionLost(connectionId: string): void;
}

/** Simulated customers who follow a script in a web chat. */
export interface SimulationsPort {
  /** Null if the workspace has reached its limit of simulated customers. */
  start(
    channel: { workspaceId: string; channelId: string },
    script: SimulationScript | undefined,
  ): Promise<ConversationKey | null>;
}

/** The presence of customers without a socket. The team sees them like all others. */
export interface ChatPresence {
  /** `connection`: any unique name. */
  enter(key: ConversationKey, connection: string, customer: Person): void;
  /** Expires after 8 s unless repeated. */
  typing(key: ConversationKey, connection: string, typing: boolean): void;
  leave(key: ConversationKey, connection: string): void;
}

/** The conversations that channels open, and the rules of agents. */
export interface IntakePort {
  /** An open channel. Never cached, so a revoked secret stops working at once. */
  findInboundChannel(this: void, channelId: string): Promise<InboundChannel | null>;
  /** The one conversation of a channel and a customer; created if missing. */
  openConversation(input: {
    workspaceId: string;
    channelId: string;
    customer: { externalId: string; name: string | null };
  }): Promise<ConversationKey>;
  /** Changes the rules or the pause of an agent under a new rules version, which its conversations then follow (HOLD-12, HOLD-18). */
  changeRules(input: {
    workspaceId: string;
    agentId: string;
    change: Partial<HumanInteractionRules & { paused: boolean }>;
    by: Person;
  }): Promise<void>;
}

/** Updates for open pages that no conversation event carries. */
export interface TeamUpdates {
  /** Shows the read marker in the reader's other browsers. */
  read(reader: { workspaceId: string; teammateId: string }, marker: ReadMarker): void;
  /** An agent was paused or resumed. */
  agentsChanged(workspaceId: string): void;
}

/** Test questions to an agent, outside of all conversations. */
export interface AgentTrials {
  /** Null if the workspace has no such agent. @throws database errors, and when `signal` aborts */
  ask(
    agent: { workspaceId: string; agentId: string },
    question: string,
    signal: AbortSignal,
  ): Promise<AgentTrial | null>;
}
