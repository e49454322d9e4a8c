import type { ConversationKey } from '@baton/runtime';

export interface ReplyingAgent {
  key: ConversationKey;
  /** Its name. */
  agent: string;
}

const HERE = null;

/** Which agents make a reply now: on this node, and on others as far as they say. */
export class ReplyingAgents {
  readonly #byNode = new Map<string | null, Map<string, ReplyingAgent>>();

  here(key: ConversationKey, agent: string | null): void {
    this.#set(HERE, key, agent);
  }

  on(node: string, key: ConversationKey, agent: string | null): void {
    this.#set(node, key, agent);
  }

  of({ conversationId }: ConversationKey): string | null {
    for (const replying of this.#byNode.values()) {
      const agent = replying.get(conversationId)?.agent;
      if (agent !== undefined) return agent;
    }
    return null;
  }

  allHere(): ReplyingAgent[] {
    return [...(this.#byNode.get(HERE)?.values() ?? [])];
  }

  /** Another node is gone, or says everything afresh. Names the conversations where nobody on it replies any more. */
  vacate(node: string): ConversationKey[] {
    const keys = [...(this.#byNode.get(node)?.values() ?? [])].map(({ key }) => key);
    this.#byNode.delete(node);
    return keys;
  }

  #set(node: string | null, key: ConversationKey, agent: string | null): void {
    const replying = this.#byNode.get(node) ?? new Map<string, ReplyingAgent>();
    this.#byNode.set(node, replying);
    if (agent === null) replying.delete(key.conversationId);
    else replying.set(key.conversationId, { key, agent });
  }
}
