import type { Conversation } from '@baton/protocol';
import { api } from '../api/client.ts';
import { instructionsIn } from './instructions.ts';
import type { Instruction } from './instructions.ts';

/** Number of latest transitions that are searched for instructions. */
const LATEST = 200;

/** The instructions given in one conversation. */
export class InstructionsState {
  given = $state.raw<readonly Instruction[]>([]);
  readonly #conversationId: string;
  #readUpTo = 0;

  constructor(conversationId: string) {
    this.#conversationId = conversationId;
  }

  /** @param version the conversation's current version */
  async follow(version: number): Promise<void> {
    const answer = await api.listTransitions({
      id: this.#conversationId,
      query: { after: Math.max(this.#readUpTo, version - LATEST) },
    });
    if (!answer.ok) return;
    // Another answer may have been applied meanwhile.
    const fresh = answer.data.items.filter((transition) => transition.version > this.#readUpTo);
    this.#readUpTo = fresh.at(-1)?.version ?? this.#readUpTo;
    const given = instructionsIn(fresh);
    if (given.length > 0) this.given = [...this.given, ...given];
  }
}

/** A key that changes with the hold: a hand-back changes it. */
export function holdOf({ state, agentReplies, reason, holder }: Conversation): string {
  return JSON.stringify([state, agentReplies, reason, holder]);
}
