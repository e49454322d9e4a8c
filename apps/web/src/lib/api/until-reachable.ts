import type { Answer, Rejected } from '@baton/client';

const MIN_PAUSE_MS = 500;
const MAX_PAUSE_MS = 5_000;

/** The server or its database cannot be reached. */
export function isAway(answer: Rejected): boolean {
  return answer.problem.code === 'unavailable';
}

/**
 * Retries while the server or its database is away, with backoff and at least `Retry-After`. Returns any other answer,
 * and after an abort the last one.
 */
export async function untilReachable<T>(
  ask: () => Promise<Answer<T>>,
  signal: AbortSignal,
  onAway: () => void = () => undefined,
): Promise<Answer<T>> {
  for (let pause = MIN_PAUSE_MS; ; pause = Math.min(pause * 2, MAX_PAUSE_MS)) {
    const answer = await ask();
    if (answer.ok || !isAway(answer) || signal.aborted) return answer;
    onAway();
    await waited(Math.max(pause, Math.min(answer.retryAfterMs ?? 0, MAX_PAUSE_MS)), signal);
    if (signal.aborted) return answer;
  }
}

function waited(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });
}
