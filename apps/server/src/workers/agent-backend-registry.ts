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

/** The least recently used index is dropped first. */
const MAX_KNOWLEDGE_INDEXES = 200;

/** Makes the backends of agents from their current settings. Keeps one search index per workspace. */
export class AgentBackendRegistry {
  readonly #parts: AgentBackendRegistryParts;
  /** Runs for every reply; concurrent calls share one query. */
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
    if (this.#knowledge.size > MAX_KNOWLEDGE_INDEXES && oldest !== undefined) this.#knowledge.delete(oldest);
    return knowledge;
  }
}
