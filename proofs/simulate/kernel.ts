import type { Cancel, Scheduler } from '@baton/runtime';

/** Something outside a node's own code that is under way: it goes on when the schedule says so, and how. */
export interface Parked {
  /** Names it in traces: `node 1 commit`. */
  what: string;
  /** Whose memory it belongs to; null where no crash ends it. */
  owner: symbol | null;
  /** How it usually goes on, first; and how else. */
  hows: readonly [string, ...string[]];
  goOn(how: string): void;
  /** What of it goes on although its owner crashed. */
  orphan?(): void;
}

interface Timer {
  at: number;
  owner: symbol | null;
  what: string;
  run(): void;
}

/** Time and everything that waits, of one simulated world. Nothing happens in it but by a move. */
export class Kernel {
  now = Date.UTC(2026, 0, 1);
  parked: Parked[] = [];
  #timers: Timer[] = [];
  readonly #frozen = new Map<symbol, number>();

  /** Resolves with the way in which the schedule lets it go on; never, if its owner crashes first. */
  park(what: string, owner: symbol | null, hows: Parked['hows'], orphan?: () => void): Promise<string> {
    return new Promise((goOn) => {
      this.parked.push({ what, owner, hows, goOn, ...(orphan && { orphan }) });
    });
  }

  scheduler(owner: symbol | null, what: string): Scheduler {
    return {
      after: (ms, run): Cancel => {
        const timer: Timer = { at: this.now + Math.max(0, ms), owner, what, run };
        this.#timers.push(timer);
        return () => {
          timer.run = () => {};
          this.#timers = this.#timers.filter((it) => it !== timer);
        };
      },
    };
  }

  canGoOn({ owner }: Pick<Parked, 'owner'>): boolean {
    return owner === null || (this.#frozen.get(owner) ?? 0) <= this.now;
  }

  /** The `nth` of what waits by this name; false if there is none, or it is frozen. */
  goOn(what: string, nth: number, how: string): boolean {
    const it = this.parked.filter((other) => other.what === what)[nth];
    if (!it || !it.hows.includes(how) || !this.canGoOn(it)) return false;
    this.take(it, how);
    return true;
  }

  take(it: Parked, how: string): void {
    this.parked.splice(this.parked.indexOf(it), 1);
    it.goOn(how);
  }

  drop(it: Parked): void {
    const index = this.parked.indexOf(it);
    if (index >= 0) this.parked.splice(index, 1);
  }

  /** Time passes; what was set for then waits for its turn, as timers do on a busy machine. */
  pass(ms: number): void {
    this.now += ms;
    const due = this.#timers.filter((timer) => timer.at <= this.now).toSorted((a, b) => a.at - b.at);
    if (due.length === 0) return;
    this.#timers = this.#timers.filter((timer) => timer.at > this.now);
    for (const timer of due) {
      this.parked.push({ what: timer.what, owner: timer.owner, hows: ['rings'], goOn: () => timer.run() });
    }
  }

  /** Time until the next timer, or null. */
  untilNext(): number | null {
    const next = this.#timers.reduce((first, timer) => Math.min(first, timer.at), Infinity);
    return next === Infinity ? null : Math.max(0, next - this.now);
  }

  freeze(owner: symbol, ms: number): void {
    this.#frozen.set(owner, this.now + ms);
  }

  thaw(): void {
    this.#frozen.clear();
  }

  /** Its memory is gone. With `landing`, what it has sent out already arrives nevertheless, some time. */
  crash(owner: symbol, landing: boolean): void {
    const lost = this.parked.filter((it) => it.owner === owner);
    this.parked = this.parked.filter((it) => it.owner !== owner);
    this.#timers = this.#timers.filter((timer) => timer.owner !== owner);
    if (landing) for (const it of lost) it.orphan?.();
  }
}

/** Every microtask has run: all code that needs nothing from outside has gone as far as it can. */
export function drained(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
