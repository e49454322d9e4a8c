/** Says something at once, and then at most every so often, with how many times it was left unsaid meanwhile. */
export function seldom<What extends unknown[]>(
  everyMs: number,
  say: (unsaid: number, ...what: What) => void,
  now: () => number = () => performance.now(),
): (...what: What) => void {
  let next = -Infinity;
  let unsaid = 0;
  return (...what) => {
    if (now() < next) {
      unsaid += 1;
      return;
    }
    say(unsaid, ...what);
    next = now() + everyMs;
    unsaid = 0;
  };
}
