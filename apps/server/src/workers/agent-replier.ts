import type { Reply, ReplyRequest } from '@baton/protocol';
import type { ConversationKey, Replier, ReplyJob } from '@baton/runtime';
import type { AgentBackendRegistry } from './agent-backend-registry.ts';

export interface AgentReplierParts {
  backends: Pick<AgentBackendRegistry, 'find'>;
  /** Gets the name of the agent that makes a reply in the conversation; null once it has ended. */
  onReplying: (key: ConversationKey, agent: string | null) => void;
}

/** Gets replies from the agent's backend, by its current settings. */
export class AgentReplier implements Replier {
  readonly #parts: AgentReplierParts;
  /** The turn shown as *typing*, by conversation: an aborted turn may end after the next one has begun. */
  readonly #shown = new Map<string, number>();

  constructor(parts: AgentReplierParts) {
    this.#parts = parts;
  }

  async reply(
    { key, turn, agentId }: ReplyJob,
    request: ReplyRequest,
    signal: AbortSignal,
    onPartial: (text: string) => void,
  ): Promise<Reply> {
    const { backends, onReplying } = this.#parts;
    const agent = await backends.find(key.workspaceId, agentId);
    if (!agent) throw new Error('the agent of the conversation does not exist');
    signal.throwIfAborted();
    this.#shown.set(key.conversationId, turn);
    onReplying(key, agent.name);
    try {
      return await agent.backend.reply(request, signal, onPartial);
    } finally {
      if (this.#shown.get(key.conversationId) === turn) {
        this.#shown.delete(key.conversationId);
        onReplying(key, null);
      }
    }
  }
}
