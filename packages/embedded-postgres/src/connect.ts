import { join, resolve } from 'node:path';
import { type EmbeddedPostgresOptions, NAME, PORT, startEmbeddedPostgres } from './embedded-postgres.ts';
import { FolderInUse } from './ownership.ts';
import { socketFolder } from './socket-folder.ts';

export interface EmbeddedConnection {
  connection: { host: string; port: number; user: string; database: string };
  /** Stops PostgreSQL if this call started it. */
  release(): Promise<void>;
}

/** Connects to the PostgreSQL that a running server owns in this folder; starts one if no server does. */
export async function connectEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedConnection> {
  try {
    const { connection, stop } = await startEmbeddedPostgres(options);
    return { connection, release: stop };
  } catch (error) {
    if (!(error instanceof FolderInUse)) throw error;
    const host = socketFolder(join(resolve(options.dataDir), 'postgres'));
    return { connection: { host, port: PORT, user: NAME, database: NAME }, release: async () => {} };
  }
}
