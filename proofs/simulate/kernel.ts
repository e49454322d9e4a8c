import type { Cancel, Scheduler } from '@baton/runtime';

/** A pending call outside a node's own code. The schedule decides when and how it continues. */
export interface Pending {
  /** Names it in traces: `node 1 commit`. */
  what: string;
  /** The process that it belongs to; null if no crash ends it. */
  owner: symbol | null;
  /** The possible outcomes, the usual one first. */
  hows: readonly [string, ...string[]];
  goOn(how: string): void;
  /** The part that continues although its owner crashed. */
  orphan?(): void;
}

interface Timer {
  at: number;
  owner: symbol | null;
  what: string;
  run(): void;
}

/** Time and all pending calls of one simulated world. Only moves change it. */
export class Kernel {
  now = Date.UTC(2026, 0, 1);
  pending: Pending[] = [];
  #timers: Timer[] = [];
  readonly #frozen = new Map<symbol, number>();

  /** Resolves with the outcome that the schedule chose; never, if its owner crashes first. */
  park(what: string, owner: symbol | null, hows: Pending['hows'], orphan?: () => void): Promise<string> {
    return new Promise((goOn) => {
      this.pending.push({ what, owner, hows, goOn, ...(orphan && { orphan }) });
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

  canGoOn({ owner }: Pick<Pending, 'owner'>): boolean {
    return owner === null || (this.#frozen.get(owner) ?? 0) <= this.now;
  }

  /** Continues the `nth` pending call of this name; false if there is none, or it is frozen. */
  goOn(what: string, nth: number, how: string): boolean {
    const it = this.pending.filter((other) => other.what === what)[nth];
    if (!it || !it.hows.includes(how) || !this.canGoOn(it)) return false;
    this.take(it, how);
    return true;
  }

  take(it: Pending, how: string): void {
    this.pending.splice(this.pending.indexOf(it), 1);
    it.goOn(how);
  }

  drop(it: Pending): void {
    const index = this.pending.indexOf(it);
    if (index >= 0) this.pending.splice(index, 1);
  }

  /** Lets time pass. Due timers become pending calls, as on a busy machine. */
  pass(ms: number): void {
    this.now += ms;
    const due = this.#timers.filter((timer) => timer.at <= this.now).toSorted((a, b) => a.at - b.at);
    if (due.length === 0) return;
    this.#timers = this.#timers.filter((timer) => timer.at > this.now);
    for (const timer of due) {
      this.pending.push({ what: timer.what, owner: timer.owner, hows: ['rings'], goOn: () => timer.run() });
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

  /** Drops the owner's pending calls. With `landing`, the requests it has sent still arrive later. */
  crash(owner: symbol, landing: boolean): void {
    const lost = this.pending.filter((it) => it.owner === owner);
    this.pending = this.pending.filter((it) => it.owner !== owner);
    this.#timers = this.#timers.filter((timer) => timer.owner !== owner);
    if (landing) for (const it of lost) it.orphan?.();
  }
}

/** Resolves once every microtask has run. */
export function drained(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
