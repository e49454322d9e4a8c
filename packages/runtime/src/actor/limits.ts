/** The server may change each of these. */
export interface RuntimeLimits {
  /** Commits in progress at once; the same number of loads. */
  parallelCommits: number;
  conversationsPerCommit: number;
  /** Commands of one conversation per commit. */
  commandsPerCommit: number;
  /** Conversations kept in memory. */
  maxActors: number;
  /** Queued commands of one conversation, and of all. Beyond these the answer is `unavailable`. */
  maxQueuedPerConversation: number;
  maxQueuedCommands: number;
  /** Tries of one commit, after conflicts, busy rows or changed rules. */
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

const MAX_RETRY_DELAY_MS = 8;

/**
 * Delay before the n-th retry: none at first, then growing. Nodes that contend for one conversation commit every few
 * milliseconds, so a node that waited longer would rarely get a turn.
 */
export function retryDelayMs(attempt: number): number {
  return attempt < 2 ? 0 : Math.min(MAX_RETRY_DELAY_MS, 2 ** (attempt - 2));
}
