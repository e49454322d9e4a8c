import type { ConversationState } from '@baton/protocol';
import type { Facts, Rules } from './facts.ts';

/** Raised whenever the stored shape changes; older shapes are migrated on load (TIME-4). */
export const SCHEMA_VERSION = 1;

export type AgentPhase = 'idle' | 'gathering' | 'replying' | 'sending';
export type StateValue = { agentActive: AgentPhase } | Exclude<ConversationState, 'agentActive'>;

/** A conversation at one version: what is stored, and all that the machine needs. */
export interface Snapshot {
  schemaVersion: number;
  value: StateValue;
  context: Facts;
}

/** A stored snapshot that is not what it should be: refused loudly, never restored to a guess (TIME-4). */
export class SnapshotError extends Error {}

export declare function initialSnapshot(input: { agentId: string; rules: Rules }): Snapshot;

/** Checks and migrates what was stored. @throws SnapshotError */
export declare function loadSnapshot(stored: unknown): Snapshot;
