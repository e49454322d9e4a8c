import type { Logger } from 'pino';

/** Something that is tried again and again: its first failure is logged, and its recovery; not each try in between. */
export interface Outage {
  failed(error: unknown): void;
  worked(): void;
}

export function outage(logger: Logger, what: string): Outage {
  let since: number | null = null;
  return {
    failed(error) {
      if (since === null) logger.warn({ err: error }, `${what}: failing, and tried again until it works`);
      since ??= performance.now();
    },
    worked() {
      if (since !== null) logger.info({ afterMs: Math.round(performance.now() - since) }, `${what}: works again`);
      since = null;
    },
  };
}
