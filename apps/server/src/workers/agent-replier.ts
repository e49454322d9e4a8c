import { createBackend, createKnowledge, type Knowledge } from '@baton/agents';
import { findAgent, findAgentBackend } from '@baton/database/queries/agents';
import { listKnowledge, readKnowledgeVersion } from '@baton/database/queries/knowledge';
import type { Queryable } from '@baton/database/queries/queryable';
import type { OutboundClient } from '@baton/outbound-http';
import type { Reply, ReplyRequest } from '@baton/protocol';
import type { ConversationKey, Replier, ReplyJob } from '@baton/runtime';

export interface AgentReplierParts {
  db: Queryable;
  http: OutboundClient;
  /** Milliseconds since 1970; signatures carry it. */
  now: () => number;
  /** The name of the agent that makes a reply there; null when it no longer does. */
  onReplying: (key: ConversationKey, agent: string | null) => void;
}

/** Search indexes of so many workspaces are kept; the one unused longest goes first. */
const INDEXES = 200;

/** Asks the agent's backend, by its settings of now. */
export class AgentReplier implements Replier {
  readonly #parts: AgentReplierParts;
  readonly #knowledge = new Map<string, Knowledge>();
  /** Which turn is shown as *typing*: an aborted one may end after its successor has begun. */
  readonly #shown = new Map<string, number>();

  constructor(parts: AgentReplierParts) {
    this.#parts = parts;
  }

  async reply({ key, turn, agentId }: ReplyJob, request: ReplyRequest, signal: AbortSignal): Promise<Reply> {
    const { db, http, now, onReplying } = this.#parts;
    const [agent, backend] = await Promise.all([
      findAgent(db, key.workspaceId, agentId),
      findAgentBackend(db, key.workspaceId, agentId),
    ]);
    if (!agent || !backend) throw new Error('the agent of the conversation is not there');
    signal.throwIfAborted();
    this.#shown.set(key.conversationId, turn);
    onReplying(key, agent.name);
    try {
      const knowledge = this.#knowledgeOf(key.workspaceId);
      return await createBackend(backend, { knowledge, http, now }).reply(request, signal);
    } finally {
      if (this.#shown.get(key.conversationId) === turn) {
        this.#shown.delete(key.conversationId);
        onReplying(key, null);
      }
    }
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
