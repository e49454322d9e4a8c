import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { connect, type Connections, type DatabaseAddress, migrate } from '@baton/database';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@baton/embedded-postgres';
import { pino } from 'pino';
import { afterEach, expect, test } from 'vitest';
import { type SmallDisk, smallDisk } from '../../../../test-support/small-disk.ts';
import { type Answer, type Api, ask, type Company, found, receive, startApi } from './api-fixture.ts';

/** Tables grow in pages, the log in segments of 4 MB: what is left is too little for the next one, but tables come first. */
const LEFT_FOR_THE_LOG = 250_000;

/** How the disk of the API's database comes to be full. */
interface Disk {
  /** Gives the database that is to be used, perhaps another one. */
  put(databaseUrl: string): Promise<DatabaseAddress>;
  fill(): Promise<unknown>;
  empty(): Promise<unknown>;
  remove(): Promise<unknown>;
}

/** Really full, where a test may mount: a PostgreSQL of its own on a small file system. */
function mounted(disk: SmallDisk): Disk {
  let postgres: EmbeddedPostgres;
  return {
    async put() {
      postgres = await startEmbeddedPostgres({ dataDir: join(disk.folder, 'data') });
      await migrate(postgres.connection);
      return postgres.connection;
    },
    fill: async () => disk.fill(LEFT_FOR_THE_LOG),
    empty: async () => disk.empty(),
    async remove() {
      await postgres.stop();
      disk.remove();
    },
  };
}

/** Everywhere: PostgreSQL is made to say what it says when a table cannot grow. */
function said(): Disk {
  let database: Connections;
  return {
    async put(url) {
      database = connect(url, { commits: 1, queries: 1 });
      await database.sql.unsafe(`create function disk_full() returns trigger language plpgsql as
        $$ begin raise exception 'could not extend file: No space left on device' using errcode = 'disk_full'; end $$`);
      return url;
    },
    fill: () =>
      Promise.all(
        ['messages', 'customers'].map((table) =>
          database.sql.unsafe(`create trigger full_disk before insert on ${table} execute function disk_full()`),
        ),
      ),
    empty: () => database.sql.unsafe('drop trigger full_disk on messages; drop trigger full_disk on customers'),
    remove: () => database.close(),
  };
}

const small = smallDisk(220);
const DISKS: [string, Disk][] = [
  ['as PostgreSQL says it', said()],
  ...(small ? [['really', mounted(small)] as [string, Disk]] : []),
];

let api: Api;
let acme: Company;
const endings: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).toReversed()) await end();
});

/** Not to be compressed, and never the same. */
const long = () => randomBytes(4_500).toString('hex');

/** Customers write, new ones and one who is known: gives what was taken, and what was refused, until that is so many. */
async function writeUntilRefused(times: number): Promise<{ taken: Answer[]; refused: Answer[] }> {
  const [taken, refused]: [Answer[], Answer[]] = [[], []];
  for (let n = 0; n < 5_000 && refused.length < times; n += 1) {
    const customer = { externalId: n % 2 ? `new-${n}` : 'ann' };
    const answer = await receive(api, acme, { externalId: `message-${n}`, text: long(), customer });
    (answer.status === 202 ? taken : refused).push(answer);
  }
  return { taken, refused };
}

test.each(DISKS)(
  '[TIME-2] answers 503, logs once, loses nothing and recovers when the disk is full, %s',
  async (_, disk) => {
    const log: { msg: string; level: number }[] = [];
    const logger = pino({ level: 'info', base: null }, { write: (line: string) => void log.push(JSON.parse(line)) });
    endings.push(() => disk.remove());
    api = await startApi({}, (url) => disk.put(url), logger);
    endings.push(() => api.close());
    acme = await found(api);
    const bearer = acme.people.owner.key;
    const { conversationId } = (await receive(api, acme, { externalId: 'before' })).body;
    const conversation = () => ask(api, `GET /api/v1/conversations/${conversationId}`, { bearer });
    const before = await conversation();

    await disk.fill();
    const { taken, refused } = await writeUntilRefused(6);
    expect(refused).toHaveLength(6);
    for (const { status, body, headers } of refused) {
      expect([status, body.code, headers.get('retry-after')]).toEqual([503, 'unavailable', '1']);
    }
    const ofAnn = taken.filter(({ body }) => body.conversationId === conversationId).length;
    // Stored conversations can be read and are not quarantined.
    expect((await conversation()).body).toMatchObject({ lastSeq: before.body.lastSeq + ofAnn, reason: null });

    await disk.empty();
    await expect.poll(async () => (await receive(api, acme, { externalId: 'later' })).status).toBe(202);
    expect((await receive(api, acme, { externalId: 'later' })).body).toMatchObject({ duplicate: true });
    for (const { body } of taken) {
      const stored = await ask(api, `GET /api/v1/conversations/${body.conversationId}`, { bearer });
      expect(stored.status).toBe(200);
    }
    expect((await conversation()).body).toMatchObject({ lastSeq: before.body.lastSeq + ofAnn + 1 });

    const loud = log.filter(({ level }) => level >= 40).map(({ msg }) => msg);
    expect(loud.filter((msg) => msg.startsWith('writing to the database: failing'))).toHaveLength(1);
    expect(loud.length).toBeLessThanOrEqual(2);
    expect(log.map(({ msg }) => msg)).toContain('writing to the database: works again');
  },
);
