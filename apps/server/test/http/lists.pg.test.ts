import type { Conversation } from '@baton/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { indexWords } from '@baton/database';
import { type Api, ask, type Company, found, receive, startApi } from './api-fixture.ts';

let api: Api;
let acme: Company;

beforeAll(async () => {
  api = await startApi();
  acme = await found(api);
});

afterAll(() => api.close());

const as =
  (who: keyof Company['people'], company = acme) =>
  (route: string, body?: unknown) =>
    ask(api, route.replace(' /', ' /api/v1/'), { bearer: company.people[who].key, body });

const write = (company: Company, externalId: string, more: Record<string, unknown> = {}) =>
  receive(api, company, { customer: { externalId, name: externalId }, ...more });

/** The worker does this shortly after each commit. */
async function untilIndexed(): Promise<void> {
  while ((await indexWords(api.connections.db)) > 0);
}

const names = (items: Conversation[]) => items.map(({ customer }) => customer.name);

test('pages follow each other without a gap or a repetition, the latest change first', async () => {
  const company = await found(api);
  const wanted = Array.from({ length: 25 }, (_, n) => `customer ${n}`);
  // At once, so that several have the same millisecond.
  await Promise.all(wanted.map((name) => write(company, name)));
  const all = (await as('owner', company)('GET /conversations?limit=200')).body;
  expect(all.nextCursor).toBeNull();
  expect(new Set(names(all.items))).toEqual(new Set(wanted));

  const paged: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const query: string = cursor === '' ? '' : `&cursor=${cursor}`;
    const { body } = await as('owner', company)(`GET /conversations?limit=7${query}`);
    paged.push(...names(body.items));
    cursor = body.nextCursor;
  }
  expect(paged).toEqual(names(all.items));

  await write(company, 'customer 3');
  const first = await as('owner', company)('GET /conversations?limit=1');
  expect(names(first.body.items)).toEqual(['customer 3']);
});

test('filters: state, status, assignee, text and time', async () => {
  const company = await found(api);
  const owner = as('owner', company);
  const open = (await write(company, 'Olga')).body.conversationId;
  const off = (await write(company, 'Otto')).body.conversationId;
  const closed = (await write(company, 'Clara', { text: 'I lost my 100% wool_scarf' })).body.conversationId;
  await owner(`PUT /conversations/${off}/agent-replies`, { enabled: false, assign: true });
  // Asked for to the millisecond: the one in which the last change was made has to be over.
  const changed = Date.now();
  while (Date.now() === changed);
  const between = new Date().toISOString();
  await owner(`PUT /conversations/${closed}/status`, { status: 'closed' });

  await untilIndexed();

  const list = async (query: string) => names((await owner(`GET /conversations?${query}`)).body.items).sort();
  expect(await list('state=agentDisabled')).toEqual(['Otto']);
  expect(await list('state=agentActive')).toEqual(['Clara', 'Olga']);
  expect(await list('status=closed')).toEqual(['Clara']);
  expect(await list('status=open&state=agentActive')).toEqual(['Olga']);
  expect(await list('assignee=me')).toEqual(['Otto']);
  expect(await list(`assignee=${company.people.owner.id}`)).toEqual(['Otto']);
  expect(await list(`assignee=${company.people.teammate.id}`)).toEqual([]);
  expect(await list('assignee=none')).toEqual(['Clara', 'Olga']);
  expect(await list('q=ott')).toEqual(['Otto']);
  expect(await list('q=100%25%20wool_')).toEqual(['Clara']);
  expect(await list('q=scarf%20LOST')).toEqual(['Clara']);
  expect(await list('q=woolxscarf')).toEqual([]);
  expect(await list('q=lost%20otto')).toEqual([]);
  expect(await list('q=wool&status=open')).toEqual([]);
  expect(await list('q=%25%26')).toEqual([]);
  expect(await list(`updatedSince=${between}`)).toEqual(['Clara']);
  expect(await list('updatedSince=2999-01-01T00:00:00Z')).toEqual([]);
  expect(open).toBeDefined();
});

test('who holds is a filter of the server, so that pages are full', async () => {
  const company = await found(api);
  const owner = as('owner', company);
  const ids = await Promise.all(
    ['Ada', 'Tia', 'Otto'].map(async (name) => (await write(company, name)).body.conversationId),
  );
  const [, typed, off] = ids;
  await as('teammate', company)(`POST /conversations/${typed}/typing`, { typing: true });
  await owner(`PUT /conversations/${off}/agent-replies`, { enabled: false });
  await write(company, 'Eddi', { from: 'business' });

  const list = async (holder: string, who: 'owner' | 'teammate' = 'owner') =>
    names((await as(who, company)(`GET /conversations?holder=${holder}`)).body.items).sort();
  expect(await list('agent')).toEqual(['Ada']);
  expect(await list('team')).toEqual(['Otto']);
  expect(await list('external')).toEqual(['Eddi']);
  expect(await list('someone')).toEqual(['Eddi', 'Tia']);
  expect(await list('me')).toEqual([]);
  expect(await list('me', 'teammate')).toEqual(['Tia']);
  expect(await list(company.people.teammate.id)).toEqual(['Tia']);
  expect(await list('nobody%20at%20all')).toEqual([]);

  // Between what is held there is much that is not: each page is full all the same.
  for (let n = 0; n < 12; n++) {
    const { conversationId } = (await write(company, `held ${n}`)).body;
    await owner(`PUT /conversations/${conversationId}/agent-replies`, { enabled: false });
    await write(company, `between ${n}`);
  }
  const first = (await owner('GET /conversations?holder=team&limit=6')).body;
  expect(names(first.items)).toEqual(Array.from({ length: 6 }, (_, n) => `held ${11 - n}`));
  const second = (await owner(`GET /conversations?holder=team&limit=6&cursor=${first.nextCursor}`)).body;
  expect(names(second.items)).toEqual(Array.from({ length: 6 }, (_, n) => `held ${5 - n}`));
});

test("what is unread is each one's own, and what one wrote is read", async () => {
  const { conversationId: id } = (await write(acme, 'Una')).body;
  await write(acme, 'Una');
  await untilIndexed();
  const unread = async (who: keyof Company['people']) => {
    const { items } = (await as(who)('GET /conversations?q=Una')).body;
    return items.map((item: Conversation) => item.unread);
  };
  expect(await unread('teammate')).toEqual([2]);
  await as('teammate')(`POST /conversations/${id}/messages`, { text: 'Yes?', clientMessageId: 'u', lastSeenSeq: 2 });
  expect(await unread('teammate')).toEqual([2]);
  expect(await unread('owner')).toEqual([3]);

  expect((await as('teammate')(`PUT /conversations/${id}/read`, { seq: 2 })).status).toBe(204);
  expect(await unread('teammate')).toEqual([0]);
  expect(await unread('owner')).toEqual([3]);
  // Markers move forward only, and never past what is there.
  await as('teammate')(`PUT /conversations/${id}/read`, { seq: 1 });
  expect(await unread('teammate')).toEqual([0]);
  await as('owner')(`PUT /conversations/${id}/read`, { seq: 2_000_000_000 });
  await write(acme, 'Una');
  expect(await unread('owner')).toEqual([1]);
  const single = (await as('owner')(`GET /conversations/${id}`)).body;
  expect(single).toMatchObject({ unread: 1, readSeq: 3, lastSeq: 4 });
  expect((await as('supervisor')(`GET /conversations/${id}`)).body).toMatchObject({ unread: 4, readSeq: 0 });
});

test('a list, a single conversation and the answer to a command are the same', async () => {
  const { conversationId: id } = (await write(acme, 'Same')).body;
  const answer = await as('owner')(`PUT /conversations/${id}/assignee`, { assigneeId: acme.people.owner.id });
  await untilIndexed();
  const single = await as('owner')(`GET /conversations/${id}`);
  const [listed] = (await as('owner')('GET /conversations?q=Same')).body.items;
  expect(listed).toEqual(single.body);
  // Read markers do not count as changes.
  const { unread: _, readSeq: __, ...conversation } = single.body;
  expect(conversation).toEqual(answer.body);
});

test('messages: the newest, before one, after one, and changed since a revision', async () => {
  const { conversationId: id } = (await write(acme, 'Max')).body;
  for (let n = 2; n <= 6; n++) await write(acme, 'Max', { text: `message ${n}` });
  const seqs = async (query: string) => {
    const { body } = await as('owner')(`GET /conversations/${id}/messages?${query}`);
    return body.items.map(({ seq }: { seq: number }) => seq);
  };
  expect(await seqs('')).toEqual([1, 2, 3, 4, 5, 6]);
  expect(await seqs('limit=2')).toEqual([5, 6]);
  expect(await seqs('before=5&limit=2')).toEqual([3, 4]);
  expect(await seqs('after=2&limit=2')).toEqual([3, 4]);
  const { revision } = (await as('owner')(`GET /conversations/${id}`)).body;
  expect(await seqs(`sinceRevision=${revision}`)).toEqual([]);
  await write(acme, 'Max');
  expect(await seqs(`sinceRevision=${revision}`)).toEqual([7]);
});

test('transitions come in order, and from a version on', async () => {
  const { conversationId: id } = (await write(acme, 'Tim')).body;
  await as('owner')(`PUT /conversations/${id}/agent-replies`, { enabled: false });
  const all = (await as('owner')(`GET /conversations/${id}/transitions`)).body.items;
  expect(all.map(({ version }: { version: number }) => version)).toEqual(all.map((_: unknown, n: number) => n + 1));
  expect(all.at(-1)).toMatchObject({
    event: { type: 'replies.disabled' },
    from: 'agentActive',
    to: 'agentDisabled',
    fromLeaf: 'agentActive.gathering',
    toLeaf: 'agentDisabled',
    by: { kind: 'teammate', id: acme.people.owner.id },
  });
  const rest = await as('owner')(`GET /conversations/${id}/transitions?after=${all.length - 1}`);
  expect(rest.body.items).toEqual(all.slice(-1));
});
