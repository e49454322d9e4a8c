import { resolve } from 'node:path';
import { findBinaries } from './binaries.ts';
import { openCluster } from './cluster.ts';
import type { Ownership } from './ownership.ts';
import { readPid } from './postmaster.ts';
import { stopProcess } from './process.ts';
import { restart } from './restart.ts';
import { type Settings, serverSettings } from './settings.ts';
import { removeSocketFolder, socketFolder } from './socket-folder.ts';
import { startOrAdopt } from './start-or-adopt.ts';

export interface EmbeddedPostgresOptions {
  /** The server's data folder. The cluster is in `postgres` below it. */
  dataDir: string;
  /** Receives a sentence about each recovery or restart. */
  log?: (message: string) => void;
  /** Called if PostgreSQL ended and could not be restarted. The server should end. */
  onLost?: (error: unknown) => void;
  /** Settings by their PostgreSQL names. They override Baton's defaults. */
  settings?: Settings;
  /** The project's folder, where the platform package is installed. Default: `BATON_ROOT`, else the repository of this file. */
  root?: string;
}

export interface EmbeddedPostgres {
  /** For postgres.js and node-postgres: `host` is the folder of the socket. */
  connection: { host: string; port: number; user: string; database: string };
  /** The superuser's connection to the database `postgres`. */
  superuser: { host: string; port: number; user: string; database: string };
  /** Process id of the postmaster, which changes at a restart. */
  pid(): number | undefined;
  /** Stops PostgreSQL after its open writes. */
  stop(): Promise<void>;
}

export const PORT = 5432;
export const NAME = 'baton';

/**
 * Runs a PostgreSQL in `dataDir`: starts it, or adopts one that outlived its server, and restarts it whenever it ends. On a
 * full disk the restart waits for space.
 * @throws FolderInUse if another server owns the folder
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
  const context = { dataDir, cluster, binaries, settings, address, log };

  const stopping = new AbortController();
  let ownership = startOrAdopt(context).then(watch);
  await ensureDatabase(await ownership);

  function watch(owned: Ownership): Ownership {
    void owned.lost.then(async () => {
      await owned.release();
      restartLost();
    });
    return owned;
  }

  function restartLost(): void {
    if (stopping.signal.aborted) return;
    log('Lost the connection to the embedded PostgreSQL. Restarting it.');
    ownership = restart(context, stopping.signal).then(watch);
    ownership.then(
      () => log('The embedded PostgreSQL is running again.'),
      (error: unknown) => {
        if (stopping.signal.aborted) return;
        log(
          `The embedded PostgreSQL could not be restarted: ${error instanceof Error ? error.message : String(error)}`,
        );
        options.onLost?.(error);
      },
    );
  }

  async function stop(): Promise<void> {
    stopping.abort();
    // Without ownership PostgreSQL belongs to another server or has ended.
    const owned = await ownership.catch(() => undefined);
    if (!owned) return;
    await stopProcess(cluster);
    removeSocketFolder(address.socketFolder, cluster);
    await owned.release();
  }

  const socket = { host: address.socketFolder, port: address.port };
  return {
    connection: { ...socket, user: NAME, database: NAME },
    superuser: { ...socket, user: 'postgres', database: 'postgres' },
    pid: () => readPid(cluster.folder),
    stop,
  };
}

/** The server's role is no superuser, so that injected SQL cannot read files or run programs. */
async function ensureDatabase({ sql }: Ownership): Promise<void> {
  const roles = await sql`select from pg_roles where rolname = ${NAME}`;
  if (roles.length === 0) await sql`create role ${sql(NAME)} login`;
  const databases = await sql`select from pg_database where datname = ${NAME}`;
  if (databases.length === 0) await sql`create database ${sql(NAME)} owner ${sql(NAME)}`;
}
