import { createBackend, createKnowledge, type AgentBackend, type Knowledge } from '@baton/agents';
import { findAgentBackend } from '@baton/database/queries/agents';
import { listKnowledge, readKnowledgeVersion } from '@baton/database/queries/knowledge';
import type { Queryable } from '@baton/database/queries/queryable';
import type { OutboundClient } from '@baton/outbound-http';

export interface AgentBackendsParts {
  db: Queryable;
  http: OutboundClient;
  /** Milliseconds since 1970; signatures carry it. */
  now: () => number;
}

/** Search indexes of so many workspaces are kept; the one unused longest goes first. */
const INDEXES = 200;

/** The backends of agents by their settings of now, with one search index for each workspace. */
export class AgentBackends {
  readonly #parts: AgentBackendsParts;
  readonly #knowledge = new Map<string, Knowledge>();

  constructor(parts: AgentBackendsParts) {
    this.#parts = parts;
  }

  /** Null: the workspace has no such agent. */
  async find(workspaceId: string, agentId: string): Promise<{ name: string; backend: AgentBackend } | null> {
    const { db, http, now } = this.#parts;
    const agent = await findAgentBackend(db, workspaceId, agentId);
    if (!agent) return null;
    return {
      name: agent.name,
      backend: createBackend(agent.backend, { knowledge: this.#knowledgeOf(workspaceId), http, now }),
    };
  }

  #knowledgeOf(workspaceId: string): Knowledge {
    const { db } = this.#parts;
    const knowledge =
      this.#knowledge.get(workspaceId) ??
      createKnowledge({
        knowledgeVersion: () => readKnowledgeVersion(db, workspaceId),
        loadKnowledge: () => listKnowledge(db, workspaceId),
      });
    this.#knowledge.delete(workspaceId);
    this.#knowledge.set(workspaceId, knowledge);
    const [oldest] = this.#knowledge.keys();
    if (this.#knowledge.size > INDEXES && oldest !== undefined) this.#knowledge.delete(oldest);
    return knowledge;
  }
}
