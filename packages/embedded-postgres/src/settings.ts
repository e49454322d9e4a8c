import { createHash } from 'node:crypto';
import type { Binaries } from './binaries.ts';

export type Settings = Record<string, string>;

/** Settings for a small machine that also runs the server. `ALTER SYSTEM` overrides each of them. */
const DEFAULTS: Settings = {
  // PostgreSQL does not listen on the network: the folder's permissions are the authentication.
  listen_addresses: '',
  unix_socket_permissions: '0700',
  timezone: 'UTC',
  log_timezone: 'UTC',
  max_connections: '100',
  shared_buffers: '128MB',
  effective_cache_size: '512MB',
  work_mem: '8MB',
  maintenance_work_mem: '64MB',
  random_page_cost: '1.1',
  // Inbox queries are short: compiling them, or running one report on all cores, costs more time than it saves.
  jit: 'off',
  max_parallel_workers_per_gather: '0',
  // Acknowledged commits are on disk.
  fsync: 'on',
  synchronous_commit: 'on',
  // Without replicas PostgreSQL writes less WAL, and none while idle.
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_logical_replication_workers: '0',
  wal_compression: 'on',
  min_wal_size: '128MB',
  max_wal_size: '1GB',
  checkpoint_timeout: '15min',
  log_checkpoints: 'off',
  log_autovacuum_min_duration: '-1',
  // Leaves out the DETAIL line, which would copy customers' data into the log.
  log_error_verbosity: 'terse',
};

/** For databases that are deleted after use: PostgreSQL does not force writes to disk. */
export const THROWAWAY: Settings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  max_connections: '300',
};

export interface ServerSettings {
  text: string;
  /** Hash of settings and programs: a running PostgreSQL with another fingerprint must be restarted. */
  fingerprint: string;
}

export function serverSettings(socketFolder: string, binaries: Binaries, own: Settings = {}): ServerSettings {
  const all = { ...DEFAULTS, ...own, unix_socket_directories: `"${socketFolder.replaceAll('"', '""')}"` };
  const lines = Object.entries(all).map(([name, value]) => `${name} = '${escape(value)}'`);
  const fingerprint = createHash('sha256')
    .update([binaries.postgres, ...lines].join('\n'))
    .digest('hex')
    .slice(0, 16);
  const text = [
    '# Overwritten at every start. To change a setting permanently, use ALTER SYSTEM.',
    ...lines,
    `baton.fingerprint = '${fingerprint}'`,
    '',
  ];
  return { text: text.join('\n'), fingerprint };
}

function escape(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll("'", "''");
}
