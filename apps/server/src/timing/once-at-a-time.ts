/**
 * Whoever calls while the work is under way gets that one's outcome: a stalled database is not asked the same again and again. For
 * rounds; who has just learnt something and wants to know more begins anew, by `sharedLookup`.
 */
export function onceAtATime(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  return () => {
    running ??= work().finally(() => {
      running = null;
    });
    return running;
  };
}
