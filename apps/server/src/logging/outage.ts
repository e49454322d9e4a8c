import type { Logger } from 'pino';

/** Logs the first failure of something that retries, and its recovery, but no retry in between. */
export interface Outage {
  failed(error: unknown): void;
  worked(): void;
}

export function outage(logger: Logger, what: string): Outage {
  let since: number | null = null;
  return {
    failed(error) {
      if (since === null) logger.warn({ err: error }, `${what}: failing; retrying`);
      since ??= performance.now();
    },
    worked() {
      if (since !== null) logger.info({ afterMs: Math.round(performance.now() - since) }, `${what}: works again`);
      since = null;
    },
  };
}
