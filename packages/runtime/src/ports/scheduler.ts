/** Runs code later: real timers in the server, hand-driven time in tests and simulations. */
export interface Scheduler {
  /** Runs once after `ms`, unless cancelled. */
  after(ms: number, run: () => void): Cancel;
}

export type Cancel = () => void;

const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/** Real timers. They never keep the process alive. */
export const realScheduler: Scheduler = {
  after(ms, run) {
    const timer = setTimeout(run, Math.min(ms, MAX_TIMEOUT_MS));
    timer.unref();
    return () => clearTimeout(timer);
  },
};

export function pause(scheduler: Scheduler, ms: number): Promise<void> {
  return new Promise((resolve) => {
    scheduler.after(ms, resolve);
  });
}
