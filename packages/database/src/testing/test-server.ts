import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Settings, startEmbeddedPostgres, THROWAWAY } from '@baton/embedded-postgres';
import postgres from 'postgres';
import { removeWhenOrphaned } from './remove-when-orphaned.ts';
import { reusablePort } from './reusable-port.ts';
import { makeTemplate } from './template.ts';

export interface TestServer {
  /** URL of the maintenance database, with a role that may create databases. */
  url: string;
  /** Process id of the postmaster, which changes after a crash. */
  pid(): number | undefined;
  stop(): Promise<void>;
}

/**
 * Starts a throwaway PostgreSQL on loopback with a password, because postgres.js accepts no URL of a Unix socket and tests
 * pass `DATABASE_URL` to servers they spawn. Tests whose database must survive a crash pass settings other than `THROWAWAY`.
 */
export async function startTestServer({
  settings: own = THROWAWAY,
}: { settings?: Settings } = {}): Promise<TestServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'baton-test-'));
  const port = await reusablePort();
  const settings = { ...own, listen_addresses: '127.0.0.1', port: String(port) };
  const onLost = (error: unknown) => {
    // Otherwise tests would wait for the database forever.
    throw new Error('the PostgreSQL of the tests has ended', { cause: error });
  };
  const server = await startEmbeddedPostgres({ dataDir, settings, onLost });
  const cancelCleanup = removeWhenOrphaned(dataDir);
  const stop = async () => {
    await server.stop();
    cancelCleanup();
    rmSync(dataDir, { recursive: true });
  };

  const password = randomBytes(12).toString('hex');
  const sql = postgres({ ...server.superuser, max: 1 });
  // One hash iteration is enough for a short-lived password, and each new connection pays for it.
  await sql`set scram_iterations = 1`;
  await sql.unsafe(`alter role baton createdb password '${password}'`);
  await sql.end();

  const url = `postgres://baton:${password}@127.0.0.1:${port}/postgres`;
  try {
    await makeTemplate(url);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, pid: server.pid, stop };
}
