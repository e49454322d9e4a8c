import { indexWords, isUnavailable, type Database } from '@baton/database';
import { isFull, sweep } from '@baton/database/queries/sweep';
import { Poll, type Scheduler } from '@baton/runtime';
import type { Logger } from 'pino';
import { outage } from '../logging/outage.ts';

export interface ChoreParts {
  db: Database;
  scheduler: Scheduler;
  logger: Logger;
  /** Told how many of each kind were removed. */
  onSwept: (swept: Record<string, number>) => void;
}

/** How late a message may be found by search. */
const INDEX_EVERY_MS = 500;
const SWEEP_EVERY_MS = 60_000;

/** Work that no message waits for: every node does it, in small hands, and takes what no other has taken. */
export function startChores({ db, scheduler, logger, onSwept }: ChoreParts): { stop(): Promise<void> } {
  const chore = (name: string, intervalMs: number, act: () => Promise<boolean>): Poll => {
    const tries = outage(logger, name);
    return new Poll({
      name,
      scheduler,
      intervalMs,
      report: ({ error }) => (isUnavailable(error) ? undefined : tries.failed(error)),
      async work() {
        const more = await act();
        tries.worked();
        return more;
      },
    });
  };
  const polls = [
    chore('indexing words for search', INDEX_EVERY_MS, async () => (await indexWords(db)) > 0),
    chore('sweeping', SWEEP_EVERY_MS, async () => {
      const swept = await sweep(db);
      onSwept(swept);
      return isFull(swept);
    }),
  ];
  for (const poll of polls) poll.start();
  return {
    async stop() {
      await Promise.all(polls.map((poll) => poll.stop()));
    },
  };
}
