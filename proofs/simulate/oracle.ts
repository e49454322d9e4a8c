import type { ConversationEvent, Rules } from '@baton/conversation';
import type { NewTransition } from '@baton/runtime';

/**
 * Decides from the event log alone, without the statechart, whether the agent may speak. Typing is not part of it: other
 * checks compare typing with the leases in the database.
 */
export class Oracle {
  #off = false;
  /** The last human message, and the shortest window in force since. */
  #human: { at: number; windowMs: number } | null = null;
  #handedBackAt = 0;
  #closing: string | null = null;
  /** The last version that invalidated replies in generation. */
  #invalidatedAt = 0;
  readonly #startedAt = new Map<number, number>();

  /** The rule that this event breaks, or null. `rules` are the rules before the event. */
  judge({ event, version, from, to }: NewTransition, rules: Rules): string | null {
    const verdict = this.#verdict(event, from);
    this.#learn(event, rules);
    const isTakenAway = from === 'agentActive' && to !== 'agentActive' && event.type !== 'reply.handoff';
    if (isTakenAway || INVALIDATING.has(event.type)) this.#invalidatedAt = version;
    if (event.type === 'replies.enabled' && (from !== 'agentActive' || event.instruction !== null)) {
      this.#invalidatedAt = version;
    }
    return verdict;
  }

  generationStarted(turn: number, version: number): void {
    if (!this.#startedAt.has(turn)) this.#startedAt.set(turn, version);
  }

  #verdict(event: ConversationEvent, from: string): string | null {
    // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- only these make the agent speak
    switch (event.type) {
      case 'reply.claimed':
        if (event.messageId === this.#closing) return null;
        if (from !== 'agentActive') return `[HOLD-2] an agent message is claimed in ${from}`;
        return this.#whyNot(event.at, '[SEND-3] an agent message is claimed');
      case 'reply.ready':
      case 'reply.handoff':
        if (from !== 'agentActive') return event.messageId === null ? null : `[HOLD-2] a reply is committed in ${from}`;
        if ((this.#startedAt.get(event.turn) ?? 0) <= this.#invalidatedAt)
          return `[TURN-4] turn ${event.turn} was invalidated`;
        return this.#whyNot(event.at, '[HOLD-2] a reply is committed');
      default:
        return null;
    }
  }

  #whyNot(at: number, what: string): string | null {
    if (this.#off) return `${what} although replies are off`;
    if (this.#human && at < this.#human.at + this.#human.windowMs) return `${what} although the window runs`;
    return null;
  }

  #learn(event: ConversationEvent, rules: Rules): void {
    // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- nothing else says who may speak
    switch (event.type) {
      case 'human.message': {
        const sentAt = Math.min(event.sentAt, event.at);
        const isOld = sentAt < (this.#human?.at ?? 0) || sentAt < this.#handedBackAt;
        if (!isOld) this.#human = { at: sentAt, windowMs: rules.humanPriorityWindowSeconds * 1000 };
        this.#closing = null;
        break;
      }
      case 'rules.changed':
        if (this.#human) {
          const windowMs = event.rules.humanPriorityWindowSeconds * 1000;
          this.#human.windowMs = Math.min(this.#human.windowMs, windowMs);
        }
        break;
      case 'replies.disabled':
        this.#off = true;
        this.#closing = null;
        break;
      case 'replies.enabled':
        this.#off = false;
        this.#human = null;
        this.#closing = null;
        this.#handedBackAt = event.at;
        break;
      case 'reply.handoff':
        this.#off = true;
        this.#closing = event.messageId;
        break;
      case 'conversation.closed':
        this.#closing = null;
        break;
      default:
    }
  }
}

const INVALIDATING = new Set<ConversationEvent['type']>(['human.message', 'replies.disabled', 'conversation.closed']);
