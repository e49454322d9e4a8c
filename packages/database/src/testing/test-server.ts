import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { THROWAWAY, startEmbeddedPostgres } from '../embedded/index.ts';
import type { Settings } from '../embedded/settings.ts';
import { readPid } from '../embedded/postmaster.ts';
import { removeWhenOrphaned } from './guard.ts';
import { keptPort } from './kept-port.ts';
import { makeTemplate } from './template.ts';

export interface TestServer {
  /** Of the maintenance database, for a role that may create databases. */
  url: string;
  /** Of its postmaster, which is another after a crash. */
  pid(): number | undefined;
  stop(): Promise<void>;
}

/**
 * Starts a throwaway PostgreSQL whose databases are reached by an ordinary URL: postgres.js understands no URL that names a
 * Unix socket, and tests hand `DATABASE_URL` to servers they spawn. Hence loopback, and a password.
 * `settings` of a database that is to survive its crashes leave out what `THROWAWAY` has.
 */
export async function startTestServer({
  settings: own = THROWAWAY,
}: { settings?: Settings } = {}): Promise<TestServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'baton-test-'));
  const port = await keptPort();
  const settings = { ...own, listen_addresses: '127.0.0.1', port: String(port) };
  const onLost = (error: unknown) => {
    // Nothing else would end those who wait for it.
    throw new Error('the PostgreSQL of the tests is lost', { cause: error });
  };
  const server = await startEmbeddedPostgres({ dataDir, settings, onLost });
  const callOff = removeWhenOrphaned(dataDir);
  const stop = async () => {
    await server.stop();
    callOff();
    rmSync(dataDir, { recursive: true });
  };

  const password = randomBytes(12).toString('hex');
  const sql = postgres({ ...server.superuser, max: 1 });
  // One round of hashing is enough for an hour-old password, and each new connection pays for it.
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
  return { url, pid: () => readPid(join(dataDir, 'postgres')), stop };
}
