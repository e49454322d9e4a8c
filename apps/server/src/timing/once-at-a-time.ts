/**
 * Shares one run among all callers that arrive while it is running, so a stalled database gets each question once. Meant for
 * periodic work. Callers that need the state after their call use `sharedLookup`.
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
