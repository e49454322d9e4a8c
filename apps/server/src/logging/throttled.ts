/** Logs the first event at once and then at most one per interval, with the number of events skipped in between. */
export function throttled<Details extends unknown[]>(
  intervalMs: number,
  log: (skipped: number, ...details: Details) => void,
  now: () => number = () => performance.now(),
): (...details: Details) => void {
  let next = -Infinity;
  let skipped = 0;
  return (...details) => {
    if (now() < next) {
      skipped += 1;
      return;
    }
    log(skipped, ...details);
    next = now() + intervalMs;
    skipped = 0;
  };
}
