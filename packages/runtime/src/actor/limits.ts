/** Figures of the runtime, all of which a server may change. */
export interface RuntimeLimits {
  /** Commits under way at once; as many loads. */
  parallelCommits: number;
  /** Conversations per commit. */
  conversationsPerCommit: number;
  /** Commands of one conversation per commit. */
  commandsPerCommit: number;
  /** Conversations kept in memory. */
  maxActors: number;
  /** Commands that may wait: for one conversation, and in all. Beyond these the answer is `unavailable`. */
  maxQueuedPerConversation: number;
  maxQueuedCommands: number;
  /** How often a commit is tried again after a conflict, a busy row or changed rules. */
  maxCommitAttempts: number;
}

export const DEFAULT_LIMITS: RuntimeLimits = {
  parallelCommits: 2,
  conversationsPerCommit: 64,
  commandsPerCommit: 64,
  maxActors: 10_000,
  maxQueuedPerConversation: 1_000,
  maxQueuedCommands: 20_000,
  maxCommitAttempts: 1_000,
};

/**
 * Wait before the n-th try again: at once at first, then longer, at most 8 ms. Nodes that contend for one conversation commit
 * every few milliseconds: one that waited longer would hardly ever come between them.
 */
export function retryDelayMs(attempt: number): number {
  return attempt < 2 ? 0 : Math.min(8, 2 ** (attempt - 2));
}
