import type { Conversation } from '@baton/protocol';
import { readTransitions } from '../api/conversations.ts';
import { instructionsIn } from './instructions.ts';
import type { Instruction } from './instructions.ts';

/** So much of a history is looked through; *History* has all of it. */
const LATEST = 200;

/** What the agent was told in one conversation, on being handed it back. */
export class InstructionsState {
  given = $state.raw<readonly Instruction[]>([]);
  readonly #conversationId: string;
  #readUpTo = 0;

  constructor(conversationId: string) {
    this.#conversationId = conversationId;
  }

  /** @param version the conversation's now */
  async follow(version: number): Promise<void> {
    const answer = await readTransitions(this.#conversationId, Math.max(this.#readUpTo, version - LATEST));
    if (!answer.ok) return;
    // Another answer may have come first.
    const fresh = answer.data.items.filter((transition) => transition.version > this.#readUpTo);
    this.#readUpTo = fresh.at(-1)?.version ?? this.#readUpTo;
    const given = instructionsIn(fresh);
    if (given.length > 0) this.given = [...this.given, ...given];
  }
}

/** Who holds, in a word that differs whenever that changes: a hand-back changes it. */
export function holdOf({ state, agentReplies, reason, holder }: Conversation): string {
  return JSON.stringify([state, agentReplies, reason, holder]);
}
