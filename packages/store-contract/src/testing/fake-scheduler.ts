import type { Ms } from '@baton/conversation';
import type { Cancel, Scheduler } from '@baton/runtime';

interface Timer {
  at: Ms;
  run: () => void;
}

/** Time that a test advances. Pending promises settle before each step. */
export class FakeScheduler implements Scheduler {
  now: Ms;
  #timers: Timer[] = [];

  constructor(now: Ms = Date.UTC(2026, 0, 1)) {
    this.now = now;
  }

  after(ms: Ms, run: () => void): Cancel {
    const timer = { at: this.now + ms, run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((it) => it !== timer);
    };
  }

  async advance(ms: Ms): Promise<void> {
    const until = this.now + ms;
    for (;;) {
      await settled();
      const next = this.#timers.reduce<Timer | null>((first, it) => (first && first.at <= it.at ? first : it), null);
      if (!next || next.at > until) break;
      this.now = Math.max(this.now, next.at);
      this.#timers = this.#timers.filter((it) => it !== next);
      next.run();
    }
    // A timer's code may have moved the time further.
    this.now = Math.max(this.now, until);
    await settled();
  }
}

/** Resolves after all pending promises that need no time. */
export function settled(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
