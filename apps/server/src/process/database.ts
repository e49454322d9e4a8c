import { setTimeout as delay } from 'node:timers/promises';
import { connect, isUnavailable, migrate, type Connections, type DatabaseAddress } from '@baton/database';
import { startEmbeddedPostgres } from '@baton/embedded-postgres';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { outage } from '../logging/outage.ts';

export interface OpenDatabase extends Connections {
  address: DatabaseAddress;
  /** Does what starting needs of the database, again and again while it is away. */
  reach<Result>(this: void, act: () => Promise<Result>): Promise<Result>;
  /** After `close`: stops the embedded PostgreSQL. */
  stop(): Promise<void>;
}

export interface DatabaseParts {
  config: Pick<Config, 'databaseUrl' | 'dataDir' | 'root'>;
  logger: Logger;
  /** Gives up waiting. */
  signal: AbortSignal;
  /** The embedded PostgreSQL was lost and cannot be had back. */
  onLost: (error: unknown) => void;
}

/** A migrated database: the one of `DATABASE_URL`, waited for as long as it takes, else the embedded one. */
export async function openDatabase({ config, logger, signal, onLost }: DatabaseParts): Promise<OpenDatabase> {
  const { address, stop } = await place(config, logger, onLost);
  const reach = <Result>(act: () => Promise<Result>) => untilReachable(act, logger, signal);
  try {
    const applied = await reach(() => migrate(address));
    if (applied.length > 0) logger.info({ applied }, 'the database is up to date');
    return { ...connect(address), address, reach, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function place(
  { databaseUrl, dataDir, root }: DatabaseParts['config'],
  logger: Logger,
  onLost: DatabaseParts['onLost'],
): Promise<{ address: DatabaseAddress; stop: () => Promise<void> }> {
  if (databaseUrl !== null) return { address: databaseUrl, stop: async () => {} };
  const embedded = await startEmbeddedPostgres({ dataDir, root, onLost, log: (message) => logger.info(message) });
  return { address: embedded.connection, stop: () => embedded.stop() };
}

const MAX_WAIT_MS = 2_000;

async function untilReachable<T>(act: () => Promise<T>, logger: Logger, signal: AbortSignal): Promise<T> {
  const tries = outage(logger, 'reaching the database');
  for (let wait = 100; ; wait = Math.min(wait * 2, MAX_WAIT_MS)) {
    try {
      const result = await act();
      tries.worked();
      return result;
    } catch (error) {
      if (!isUnavailable(error)) throw error;
      tries.failed(error);
      await delay(wait, undefined, { signal });
    }
  }
}
