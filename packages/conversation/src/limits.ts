/** Limits that are not settings. */
export const LEASE_MS = 8_000;
export const HARD_DEADLINE_MS = 60_000;
export const GATHERING_CAP_MS = 10_000;
export const MAX_ABORTS_IN_A_ROW = 3;
export const MAX_RETRIES = 3;
export const RETRY_BACKOFF_MS = [2_000, 8_000, 30_000] as const;
export const TOO_OLD_MS = 24 * 3_600_000;
export const LOOP_REPLIES = 20;
export const LOOP_MS = 600_000;
/** Beyond these the snapshot drops the oldest handover, and the waiting message before the newest. */
export const MAX_WAITING = 50;
export const MAX_HANDOVERS = 10;
/** Further leases are ignored, which keeps a snapshot small. */
export const MAX_LEASES = 50;
