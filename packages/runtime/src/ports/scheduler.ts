/** Later, on whatever clock the edge has: real timers in the server, a hand-driven one in tests and simulations. */
export interface Scheduler {
  /** Runs once after `ms`, unless cancelled. */
  after(ms: number, run: () => void): Cancel;
}

export type Cancel = () => void;

export function pause(scheduler: Scheduler, ms: number): Promise<void> {
  return new Promise((resolve) => {
    scheduler.after(ms, resolve);
  });
}
