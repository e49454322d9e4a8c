/** Why the process is asked to stop. */
export type StopReason = 'SIGINT' | 'SIGTERM' | 'SIGHUP' | 'supervisor gone' | 'database lost' | 'bug';

export interface StopSignal {
  /** Aborted, with a `StopReason`, when the process is to stop. */
  signal: AbortSignal;
  stop(reason: StopReason): void;
}

/**
 * Hears when the process is to stop: by signal, or because the supervisor that holds the other end of the `ipc` channel is
 * gone. To be installed before anything is started, so that nothing started is left behind.
 */
export function stopSignal(): StopSignal {
  const controller = new AbortController();
  const stop = (reason: StopReason) => controller.abort(reason);
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => stop(name));
  process.once('disconnect', () => stop('supervisor gone'));
  // Only a supervisor speaks there: the channel by itself keeps nothing alive.
  process.channel?.unref();
  return { signal: controller.signal, stop };
}

/** An uncaught error leaves the process in an unknown state, so it shuts down as orderly as it can. */
export function stopOnBug(stopping: StopSignal, onBug: (error: unknown) => void): void {
  process.on('uncaughtException', (error: Error) => {
    // The reader of our output is gone. This is no bug.
    if ('code' in error && error.code === 'EPIPE') return;
    onBug(error);
    stopping.stop('bug');
  });
}

export function untilStopped({ signal }: StopSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
