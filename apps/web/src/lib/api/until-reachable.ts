import { isAway } from './request.ts';
import type { Answer } from './request.ts';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 5_000;

/**
 * Asks again for as long as the server or its database is away, in the pace it asks for. Other refusals come back as
 * they are; an aborted signal ends the asking with the last answer.
 */
export async function untilReachable<T>(
  ask: () => Promise<Answer<T>>,
  signal: AbortSignal,
  onAway: () => void = () => undefined,
): Promise<Answer<T>> {
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    const answer = await ask();
    if (answer.ok || !isAway(answer) || signal.aborted) return answer;
    onAway();
    await waited(Math.max(pause, Math.min(answer.retryAfterMs ?? 0, LONGEST_PAUSE_MS)), signal);
    if (signal.aborted) return answer;
  }
}

function waited(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });
}
