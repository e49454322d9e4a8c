import { createBackend, createKnowledge, type AgentBackend, type Knowledge } from '@baton/agents';
import { type Connections, findAgentBackend, readKnowledgeVersion } from '@baton/database';
import { listKnowledge } from '@baton/database/queries/knowledge';
import type { OutboundClient } from '@baton/outbound-http';
import { sharedLookup } from '../timing/shared-lookup.ts';

export interface AgentBackendRegistryParts extends Pick<Connections, 'db' | 'sql'> {
  http: OutboundClient;
  /** Milliseconds since 1970; signatures carry it. */
  now: () => number;
}

/** Search indexes of so many workspaces are kept; the one unused longest goes first. */
const INDEXES = 200;

/** The backends of agents by their settings of now, with one search index for each workspace. */
export class AgentBackendRegistry {
  readonly #parts: AgentBackendRegistryParts;
  /** Asked for every reply: many at once are one question. */
  readonly #findAgent: (workspaceId: string, agentId: string) => ReturnType<typeof findAgentBackend>;
  readonly #knowledge = new Map<string, Knowledge>();

  constructor(parts: AgentBackendRegistryParts) {
    this.#parts = parts;
    this.#findAgent = sharedLookup((workspaceId, agentId) => findAgentBackend(parts.sql, workspaceId, agentId));
  }

  /** Null: the workspace has no such agent. */
  async find(workspaceId: string, agentId: string): Promise<{ name: string; backend: AgentBackend } | null> {
    const { http, now } = this.#parts;
    const agent = await this.#findAgent(workspaceId, agentId);
    if (!agent) return null;
    return {
      name: agent.name,
      backend: createBackend(agent.backend, { knowledge: this.#knowledgeOf(workspaceId), http, now }),
    };
  }

  #knowledgeOf(workspaceId: string): Knowledge {
    const { db, sql } = this.#parts;
    const knowledge =
      this.#knowledge.get(workspaceId) ??
      createKnowledge({
        knowledgeVersion: sharedLookup(() => readKnowledgeVersion(sql, workspaceId)),
        loadKnowledge: () => listKnowledge(db, workspaceId),
      });
    this.#knowledge.delete(workspaceId);
    this.#knowledge.set(workspaceId, knowledge);
    const [oldest] = this.#knowledge.keys();
    if (this.#knowledge.size > INDEXES && oldest !== undefined) this.#knowledge.delete(oldest);
    return knowledge;
  }
}
