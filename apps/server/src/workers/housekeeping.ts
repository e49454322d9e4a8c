import { indexWords, isUnavailable, type Database } from '@baton/database';
import { isFull, sweep } from '@baton/database/queries/sweep';
import { Poll, type Scheduler } from '@baton/runtime';
import type { Logger } from 'pino';
import { outage } from '../logging/outage.ts';

export interface HousekeepingParts {
  db: Database;
  scheduler: Scheduler;
  logger: Logger;
  /** Gets the number of removed rows of each kind. */
  onSwept: (swept: Record<string, number>) => void;
}

/** Delay until search finds a message. */
const INDEX_EVERY_MS = 500;
const SWEEP_EVERY_MS = 60_000;

/** Work that no message waits for. Every node does it in small batches, and skips rows that another node has locked. */
export function startHousekeeping({ db, scheduler, logger, onSwept }: HousekeepingParts): { stop(): Promise<void> } {
  const poll = (name: string, intervalMs: number, act: () => Promise<boolean>): Poll => {
    const attempts = outage(logger, name);
    return new Poll({
      name,
      scheduler,
      intervalMs,
      report: ({ error }) => (isUnavailable(error) ? undefined : attempts.failed(error)),
      async work() {
        const more = await act();
        attempts.worked();
        return more;
      },
    });
  };
  const polls = [
    poll('indexing words for search', INDEX_EVERY_MS, async () => (await indexWords(db)) > 0),
    poll('sweeping', SWEEP_EVERY_MS, async () => {
      const swept = await sweep(db);
      onSwept(swept);
      return isFull(swept);
    }),
  ];
  for (const each of polls) each.start();
  return {
    async stop() {
      await Promise.all(polls.map((each) => each.stop()));
    },
  };
}
