import { IdleWatch } from './idle-watch.ts';

const LOOK_MS = 5_000;
const SIGNS = ['pointermove', 'pointerdown', 'keydown', 'wheel', 'touchstart'] as const;

const isHidden = (): boolean => document.visibilityState === 'hidden';

/** Reports whether the user of this page is idle. @returns a function that stops it */
export function watchPresence(report: (idle: boolean) => void): () => void {
  const watch = new IdleWatch({ now: () => performance.now(), report }, isHidden());
  const ending = new AbortController();
  const { signal } = ending;
  for (const sign of SIGNS) {
    document.addEventListener(sign, () => watch.touched(), { signal, capture: true, passive: true });
  }
  document.addEventListener('visibilitychange', () => watch.hide(isHidden()), { signal });
  const looking = setInterval(() => watch.tick(), LOOK_MS);
  return () => {
    ending.abort();
    clearInterval(looking);
  };
}
