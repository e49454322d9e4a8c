/** Whoever calls while the work is under way gets that one's outcome: a stalled database is not asked the same again and again. */
export function onceAtATime(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  return () => {
    running ??= work().finally(() => {
      running = null;
    });
    return running;
  };
}
