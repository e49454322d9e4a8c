import { connect, type Connections } from '@baton/database';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Api, ask, type Company, found, receive, startApi } from './api-fixture.ts';

let api: Api;
let acme: Company;
let database: string;
let operator: Connections;

beforeAll(async () => {
  api = await startApi({}, async (url) => {
    database = new URL(url).pathname.slice(1);
    operator = connect(url, { commits: 1, queries: 1 });
    // Connected while all may write, and so it stays.
    await operator.sql`select`;
    return url;
  });
  acme = await found(api);
});
afterAll(async () => {
  await api.close();
  await operator.close();
});

/** Makes the database read-only, like a primary before a switchover, and renews the server's connections. */
async function turnReadOnly(isReadOnly: boolean): Promise<void> {
  await operator.sql.unsafe(
    `alter database ${database} set default_transaction_read_only = ${isReadOnly ? 'on' : 'off'}`,
  );
  await operator.sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = ${database} and pid <> pg_backend_pid() and application_name = 'baton'`;
}

const settled = async (status: number, request: () => Promise<{ status: number }>) =>
  expect.poll(async () => (await request()).status).toBe(status);

test('[TIME-2] answers 503, leaves nothing half done and recovers when the database is read-only', async () => {
  const first = await receive(api, acme, { externalId: 'before' });
  const conversation = `GET /api/v1/conversations/${first.body.conversationId}`;
  const bearer = acme.people.owner.key;
  const during = { externalId: 'during', text: 'Anyone?' };

  await turnReadOnly(true);
  await settled(200, () => ask(api, conversation, { bearer }));
  for (let tries = 0; tries < 3; tries += 1) {
    const refused = await receive(api, acme, during);
    expect([refused.status, refused.body.code, refused.headers.get('retry-after')]).toEqual([503, 'unavailable', '1']);
  }
  expect((await ask(api, conversation, { bearer })).body).toMatchObject({ lastSeq: 1, reason: null });

  await turnReadOnly(false);
  await settled(202, () => receive(api, acme, during));
  expect((await receive(api, acme, during)).body).toMatchObject({ duplicate: true });
  expect((await ask(api, conversation, { bearer })).body).toMatchObject({ lastSeq: 2 });
});
