/** Figures of the runtime, all of which a server may change. */
export interface RuntimeLimits {
  /** Commits under way at once; as many loads. */
  parallelCommits: number;
  /** Conversations per commit. */
  batchSize: number;
  /** Commands of one conversation per commit. */
  foldSize: number;
  /** Conversations kept in memory. */
  actors: number;
  /** Commands that may wait: for one conversation, and in all. Beyond these the answer is `unavailable`. */
  lettersPerConversation: number;
  letters: number;
  /** How often a commit is tried again after a conflict, a busy row or changed rules. */
  attempts: number;
}

export const DEFAULT_LIMITS: RuntimeLimits = {
  parallelCommits: 2,
  batchSize: 64,
  foldSize: 64,
  actors: 10_000,
  lettersPerConversation: 1_000,
  letters: 20_000,
  attempts: 1_000,
};

/**
 * Wait before the n-th try again: at once at first, then longer, at most 8 ms. Nodes that contend for one conversation commit
 * every few milliseconds: one that waited longer would hardly ever come between them.
 */
export function retryDelayMs(attempt: number): number {
  return attempt < 2 ? 0 : Math.min(8, 2 ** (attempt - 2));
}
