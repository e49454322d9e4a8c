import { monitorEventLoopDelay, PerformanceObserver } from 'node:perf_hooks';

/** Milliseconds. */
export interface Stalls {
  /** How late the event loop came to what was due, of all its rounds and at the worst. */
  lateP99: number;
  lateMost: number;
  /** Collections of garbage: how many, the longest, and all together. */
  collections: number;
  collectionMost: number;
  collectionAll: number;
}

const EVERY_MS = 1;

/** Watches what keeps this process's event loop from its work, from now until it is asked. */
export function watchStalls(): () => Stalls {
  const delay = monitorEventLoopDelay({ resolution: EVERY_MS });
  const pauses: number[] = [];
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) pauses.push(duration);
  });
  delay.enable();
  observer.observe({ entryTypes: ['gc'] });
  return () => {
    delay.disable();
    observer.disconnect();
    return {
      lateP99: late(delay.percentile(99)),
      lateMost: late(delay.max),
      collections: pauses.length,
      collectionMost: Math.max(0, ...pauses),
      collectionAll: pauses.reduce((sum, ms) => sum + ms, 0),
    };
  };
}

/** In milliseconds; what is recorded is the interval, in nanoseconds. */
function late(ns: number): number {
  return Math.max(0, ns / 1e6 - EVERY_MS);
}
