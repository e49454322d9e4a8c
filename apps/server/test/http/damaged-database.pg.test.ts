import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Api, ask, type Company, found, receive, startApi } from './api-fixture.ts';

let api: Api;
let acme: Company;
const run = (statement: string) => api.connections.sql.unsafe(statement);

beforeAll(async () => {
  api = await startApi();
  acme = await found(api);
});
afterAll(() => api.close());

/** PostgreSQL is made to say what it says then. */
const said = (code: string, message: string): [string, string] => [
  `create function fails() returns trigger language plpgsql as
     $$ begin raise exception '${message}' using errcode = '${code}'; end $$;
   create trigger fails before insert on messages execute function fails()`,
  'drop function fails() cascade',
];

test.each<[string, [string, string]]>([
  ['a page of a table is damaged', said('XX001', 'invalid page in block 7 of relation base/1/2')],
  ['an index is damaged', said('XX002', 'index contains unexpected zero page at block 3')],
  ['the file system has become read-only', said('42501', 'could not extend file: Read-only file system')],
  ['a disk quota is used up', said('XX000', 'could not extend file: Disk quota exceeded')],
  [
    'a newer version has changed a table',
    ['alter table messages rename column text to body', 'alter table messages rename column body to text'],
  ],
])('[TIME-2] answers 503, quarantines nothing and recovers when %s', async (what, [fault, repair]) => {
  const customer = { externalId: what };
  const { conversationId } = (await receive(api, acme, { customer, externalId: `before ${what}` })).body;
  const conversation = () => ask(api, `GET /api/v1/conversations/${conversationId}`, { bearer: acme.people.owner.key });
  const during = { customer, externalId: `during ${what}` };

  await run(fault);
  const refused = await receive(api, acme, during);
  await run(repair);
  expect([refused.status, refused.body.code, refused.headers.get('retry-after')]).toEqual([503, 'unavailable', '1']);
  expect(JSON.stringify(refused.body)).not.toMatch(/relation|column|block/);

  expect((await conversation()).body).toMatchObject({ lastSeq: 1, reason: null });
  expect((await receive(api, acme, during)).status).toBe(202);
  expect((await conversation()).body).toMatchObject({ lastSeq: 2 });
});

test('[TIME-2] a conversation on a damaged page keeps none of its neighbours from being written', async () => {
  const writeTo = (externalId: string, message: string) =>
    receive(api, acme, { customer: { externalId }, externalId: message, text: externalId });
  const customers = Array.from({ length: 12 }, (_, n) => `neighbour ${n}`);
  for (const one of customers) await writeTo(one, `${one} before`);
  await run(`create function fails() returns trigger language plpgsql as
      $$ begin raise exception 'invalid page' using errcode = 'XX001'; end $$;
    create trigger fails before insert on messages for each row when (new.text = 'neighbour 5') execute function fails()`);
  const answers = await Promise.all(customers.map((one) => writeTo(one, `${one} during`)));
  await run('drop function fails() cascade');
  expect(answers.map(({ status }) => status)).toEqual(customers.map((_, n) => (n === 5 ? 503 : 202)));
  expect((await writeTo('neighbour 5', 'neighbour 5 during')).status).toBe(202);
});
