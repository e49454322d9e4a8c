import { resolve } from 'node:path';
import { findBinaries } from './binaries.ts';
import { bringBack } from './bring-back.ts';
import { bringUp } from './bring-up.ts';
import { openCluster } from './cluster.ts';
import type { Ownership } from './ownership.ts';
import { stopProcess } from './process.ts';
import { type Settings, serverSettings } from './settings.ts';
import { removeSocketFolder, socketFolder } from './socket-folder.ts';

export interface EmbeddedPostgresOptions {
  /** The server's data folder; the cluster is made in `postgres` below it. */
  dataDir: string;
  /** Told in a sentence what happens: recovery, restart. */
  log?: (message: string) => void;
  /** Called if Postgres was lost and cannot be had back. The server should end. */
  onLost?: (error: unknown) => void;
  /** Server settings over Baton's own, by their PostgreSQL names. */
  settings?: Settings;
  /** The project's folder, where the platform package is installed. By default `BATON_ROOT`, else the one above this file. */
  root?: string;
}

export interface EmbeddedPostgres {
  /** For postgres.js and node-postgres alike: `host` is the folder of the socket. */
  connection: { host: string; port: number; user: string; database: string };
  /** A connection for administration, on the database `postgres`. */
  superuser: { host: string; port: number; user: string; database: string };
  /** Stops Postgres in good order. */
  stop(): Promise<void>;
}

export const PORT = 5432;
export const NAME = 'baton';

/**
 * Runs a PostgreSQL of our own in `dataDir`: starts it, or takes over one that outlived its server, and starts it again
 * whenever it dies, on a full disk once there is room. Throws `FolderInUse` when another server owns the folder.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const dataDir = resolve(options.dataDir);
  const log = options.log ?? (() => {});
  const binaries = findBinaries(options.root);
  const cluster = await openCluster(dataDir, binaries);
  const address = {
    socketFolder: socketFolder(cluster.folder),
    port: Number(options.settings?.['port'] ?? PORT),
  };
  const settings = serverSettings(address.socketFolder, binaries, options.settings);
  const parts = { dataDir, cluster, binaries, settings, address, log };

  const stopping = new AbortController();
  let ownership = bringUp(parts).then(watch);
  await ensureDatabase(await ownership);

  function watch(owned: Ownership): Ownership {
    void owned.lost.then(async () => {
      await owned.release();
      restart();
    });
    return owned;
  }

  function restart(): void {
    if (stopping.signal.aborted) return;
    log('The connection to the embedded PostgreSQL was lost. Starting it again.');
    ownership = bringBack(parts, stopping.signal).then(watch);
    ownership.then(
      () => log('The embedded PostgreSQL is back.'),
      (error: unknown) => {
        if (stopping.signal.aborted) return;
        log(`The embedded PostgreSQL is lost: ${error instanceof Error ? error.message : String(error)}`);
        options.onLost?.(error);
      },
    );
  }

  async function stop(): Promise<void> {
    stopping.abort();
    // Without ownership it is another server's by now, or already gone.
    const owned = await ownership.catch(() => undefined);
    if (!owned) return;
    await stopProcess(cluster);
    removeSocketFolder(address.socketFolder, cluster);
    await owned.release();
  }

  const place = { host: address.socketFolder, port: address.port };
  return {
    connection: { ...place, user: NAME, database: NAME },
    superuser: { ...place, user: 'postgres', database: 'postgres' },
    stop,
  };
}

/** The server's own role is not a superuser: whoever slips SQL past it cannot read files or run programs. */
async function ensureDatabase({ sql }: Ownership): Promise<void> {
  const roles = await sql`select from pg_roles where rolname = ${NAME}`;
  if (roles.length === 0) await sql`create role ${sql(NAME)} login`;
  const databases = await sql`select from pg_database where datname = ${NAME}`;
  if (databases.length === 0) await sql`create database ${sql(NAME)} owner ${sql(NAME)}`;
}
