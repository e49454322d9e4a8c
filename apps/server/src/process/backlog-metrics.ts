import { QUEUES, type Backlog, type Queue } from '@baton/database/queries/backlog';
import { Gauge, type Registry } from 'prom-client';

/** Counts due work that no worker has claimed. Each scrape reads it from the database, so all nodes report the same number. */
export function measureBacklog(registry: Registry, read: () => Promise<Record<Queue, Backlog>>): void {
  const oldest = new Gauge({
    name: 'baton_backlog_oldest_seconds',
    help: 'How long the longest due entry of a queue waits',
    labelNames: ['queue'],
    registers: [registry],
  });
  const due = new Gauge({
    name: 'baton_backlog_due',
    help: 'Entries of a queue that are due and not taken, counted to 10 000',
    labelNames: ['queue'],
    registers: [registry],
    collect: async () => {
      const backlog = await read().catch(() => null);
      // A database that is away says nothing; the rest of the page is still of use.
      if (backlog === null) return void [due.reset(), oldest.reset()];
      for (const queue of QUEUES) {
        due.set({ queue }, backlog[queue].due);
        oldest.set({ queue }, backlog[queue].oldestSeconds);
      }
    },
  });
}
