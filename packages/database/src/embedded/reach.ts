import { join, resolve } from 'node:path';
import { type EmbeddedPostgresOptions, NAME, PORT, startEmbeddedPostgres } from './embedded-postgres.ts';
import { FolderInUse } from './ownership.ts';
import { socketFolder } from './socket-folder.ts';

export interface Reached {
  connection: { host: string; port: number; user: string; database: string };
  /** Stops it if it was started here. */
  leave(): Promise<void>;
}

/** The embedded PostgreSQL of a folder: the one that a running server has there, else started for the while. */
export async function reachEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<Reached> {
  try {
    const { connection, stop } = await startEmbeddedPostgres(options);
    return { connection, leave: stop };
  } catch (error) {
    if (!(error instanceof FolderInUse)) throw error;
    const host = socketFolder(join(resolve(options.dataDir), 'postgres'));
    return { connection: { host, port: PORT, user: NAME, database: NAME }, leave: async () => {} };
  }
}
