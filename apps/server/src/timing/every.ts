/** Calls `act` every `ms` milliseconds until the returned function is called. Injected, so that tests control the time. */
export type Every = (ms: number, act: () => void) => () => void;

/** These timers do not keep the process alive. */
export const everyInterval: Every = (ms, act) => {
  const timer = setInterval(act, ms);
  timer.unref();
  return () => clearInterval(timer);
};
