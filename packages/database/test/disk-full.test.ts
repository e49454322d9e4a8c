import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@baton/embedded-postgres';
import { StoreUnavailable } from '@baton/runtime';
import { smallDisk } from '../../../test-support/small-disk.ts';
import { connect, type Connections } from '../src/connect.ts';
import { available } from '../src/store/unavailable.ts';

const MB = 2 ** 20;
const disk = smallDisk(220);

vi.setConfig({ testTimeout: 180_000 });
const PATIENCE = { timeout: 50_000 };

let postgres: EmbeddedPostgres;
let connections: Connections;
const lost = vi.fn();

async function open(): Promise<string[]> {
  const lines: string[] = [];
  const dataDir = join(disk!.folder, 'data');
  postgres = await startEmbeddedPostgres({ dataDir, log: (line) => lines.push(line), onLost: lost });
  connections = connect(postgres.connection, { commits: 1, queries: 1 });
  await connections.sql`create table if not exists kept (word text)`;
  return lines;
}

afterEach(async () => {
  disk?.empty();
  await connections?.close();
  await postgres?.stop();
});
afterAll(() => disk?.remove());

const keep = (word: string) => available(connections.sql`insert into kept values (${word})`);
const kept = async () => (await connections.sql<{ word: string }[]>`select word from kept`).map(({ word }) => word);

/** Too large for the last page, and not compressible. */
const largeText = () => randomBytes(10_000).toString('base64');

/** Returns the rows that were acknowledged before the disk was full. */
async function keepUntilFull(): Promise<string[]> {
  const acknowledged: string[] = [];
  for (let n = 0; n < 10_000; n += 1) {
    const word = largeText();
    try {
      await keep(word);
      acknowledged.push(word);
    } catch (error) {
      expect(error).toBeInstanceOf(StoreUnavailable);
      return acknowledged;
    }
  }
  throw new Error('the disk did not fill up');
}

test.skipIf(!disk)('[TIME-2] reports a full disk as unavailable, and accepts rows again with space', async () => {
  await open();
  disk!.fill(MB);
  const acknowledged = await keepUntilFull();
  await expect(keep(largeText())).rejects.toThrow(StoreUnavailable);

  disk!.empty();
  await expect.poll(() => keep('later').then(() => 'kept', String), PATIENCE).toBe('kept');
  expect(await kept()).toEqual(expect.arrayContaining([...acknowledged, 'later']));
});

test.skipIf(!disk)('[TIME-2] restarts a PostgreSQL that a full WAL ended, with all acknowledged rows', async () => {
  const lines = await open();
  await keep('before');
  disk!.fill(2 * MB);
  await expect(
    available(
      (async () => {
        for (;;) await connections.sql.unsafe(`select pg_logical_emit_message(true, 'test', repeat('x', 4000000))`);
      })(),
    ),
  ).rejects.toThrow(StoreUnavailable);
  await expect.poll(() => lines.join('\n'), PATIENCE).toContain('The disk is full');
  await expect(keep('while it is down')).rejects.toThrow(StoreUnavailable);

  disk!.empty();
  await expect.poll(() => lines.at(-1), PATIENCE).toBe('The embedded PostgreSQL is running again.');
  await expect.poll(() => keep('later').then(() => 'kept', String), PATIENCE).toBe('kept');
  expect(await kept()).toEqual(expect.arrayContaining(['before', 'later']));
  expect(lost).not.toHaveBeenCalled();
  expect(lines.filter((line) => line.includes('The disk is full'))).toHaveLength(1);
});
