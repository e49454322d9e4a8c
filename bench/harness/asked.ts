import type { Arrival } from './sink.ts';

interface Question {
  seq: number;
  at: number;
  answered: () => void;
}

/** Customers' messages that wait for the agent's reply, each from the moment at which it was sent. */
export class Asked {
  /** Milliseconds from a message to its reply. */
  readonly waits: number[] = [];
  readonly #open = new Map<string, Question[]>();
  /** The newest reply of each conversation: it may come before the answer to the message it is about. */
  readonly #replies = new Map<string, { seq: number; at: number }>();
  #waiting = 0;

  /** Messages not answered yet. */
  get waiting(): number {
    return this.#waiting;
  }

  /** This message was sent `at`; resolves when it is answered. */
  answered({ conversationId, seq }: Arrival, at: number): Promise<void> {
    return new Promise((resolve) => {
      const reply = this.#replies.get(conversationId);
      if (reply !== undefined && reply.seq > seq) {
        this.waits.push(reply.at - at);
        resolve();
        return;
      }
      this.#waiting += 1;
      const questions = this.#open.get(conversationId) ?? [];
      questions.push({ seq, at, answered: resolve });
      this.#open.set(conversationId, questions);
    });
  }

  /** A reply has come: it answers what was said before it. */
  reply({ conversationId, seq }: Arrival): void {
    const at = performance.now();
    this.#replies.set(conversationId, { seq, at });
    const questions = this.#open.get(conversationId) ?? [];
    const left = questions.filter((question) => question.seq > seq);
    for (const question of questions) {
      if (question.seq > seq) continue;
      this.#waiting -= 1;
      this.waits.push(at - question.at);
      question.answered();
    }
    if (left.length > 0) this.#open.set(conversationId, left);
    else this.#open.delete(conversationId);
  }
}
