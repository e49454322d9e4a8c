import type { Scheduler } from './scheduler.ts';

/** Real timers: the thin edge. They never keep the process alive. */
export const realScheduler: Scheduler = {
  after(ms, run) {
    const timer = setTimeout(run, Math.min(ms, 2 ** 31 - 1));
    timer.unref();
    return () => clearTimeout(timer);
  },
};
