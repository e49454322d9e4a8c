import type { Board, Conversation } from '@baton/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Api, ask, type Company, found, receive, startApi } from './api-fixture.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const asking =
  (company: Company, who: keyof Company['people'] = 'supervisor') =>
  (route: string, body?: unknown) =>
    ask(api, route.replace(' /', ' /api/v1/'), { bearer: company.people[who].key, body });

async function write(company: Company, name: string): Promise<string> {
  const { body } = await receive(api, company, { customer: { externalId: name, name } });
  return body.conversationId;
}

const names = (items: Conversation[]) => items.map(({ customer }) => customer.name).sort();

test('the board has what is open, counted by state, with the time since when it is there', async () => {
  const company = await found(api);
  const supervisor = asking(company);
  const empty = { agentActive: 0, humanActive: 0, humanPriorityWindow: 0, agentDisabled: 0 };
  expect((await supervisor('GET /supervise/board')).body).toEqual({ items: [], counts: empty });

  await write(company, 'Ann');
  const off = await write(company, 'Otto');
  const closed = await write(company, 'Clara');
  const { body: taken } = await supervisor(`PUT /conversations/${off}/agent-replies`, { enabled: false });
  await supervisor(`PUT /conversations/${closed}/status`, { status: 'closed' });
  const board: Board = (await supervisor('GET /supervise/board')).body;
  expect(names(board.items)).toEqual(['Ann', 'Otto']);
  expect(board.counts).toEqual({ ...empty, agentActive: 1, agentDisabled: 1 });

  const otto = board.items.find(({ id }) => id === off)!;
  expect(otto.stateSince).toBe(taken.stateSince);
  await supervisor(`POST /conversations/${off}/messages`, { text: 'Careful', clientMessageId: 'n1', note: true });
  const { body: later } = await supervisor(`GET /conversations/${off}`);
  expect(later.revision).toBeGreaterThan(otto.revision);
  expect(later.stateSince).toBe(taken.stateSince);
  const { body: back } = await supervisor(`PUT /conversations/${off}/agent-replies`, { enabled: true });
  expect(Date.parse(back.stateSince)).toBeGreaterThanOrEqual(Date.parse(taken.stateSince));
  expect(back.stateSince).not.toBe(taken.stateSince);
});

test('the board is one workspace’s, and can be narrowed to an agent or a channel', async () => {
  const [mine, other] = [await found(api), await found(api)];
  await write(mine, 'Mia');
  await write(other, 'Olaf');
  const supervisor = asking(mine);
  const shown = async (query: string) => names((await supervisor(`GET /supervise/board${query}`)).body.items);
  expect(await shown('')).toEqual(['Mia']);
  expect(await shown(`?agentId=${mine.agentId}&channelId=${mine.http.id}`)).toEqual(['Mia']);
  expect(await shown(`?channelId=${mine.webchat.id}`)).toEqual([]);
  expect(await shown(`?agentId=${other.agentId}`)).toEqual([]);
  expect((await supervisor('GET /supervise/board?agentId=nonsense')).status).toBe(422);
});

test('never leaves out unanswered customers of a state with many conversations', async () => {
  const company = await found(api);
  const supervisor = asking(company);
  const off = async (name: string) => {
    const id = await write(company, name);
    await supervisor(`PUT /conversations/${id}/agent-replies`, { enabled: false });
    return id;
  };
  for (let batch = 0; batch < 5; batch += 1) {
    const ids = await Promise.all(Array.from({ length: 20 }, (_, n) => off(`calm ${batch}-${n}`)));
    const answer = (id: string) =>
      supervisor(`POST /conversations/${id}/messages`, { text: 'Answered', clientMessageId: id, force: true });
    await Promise.all(ids.map(answer));
  }
  const waiting = [await off('waiting 1'), await off('waiting 2')];
  const board: Board = (await supervisor('GET /supervise/board')).body;
  expect(board.counts.agentDisabled).toBe(102);
  expect(board.items).toHaveLength(100);
  const shown = new Set(board.items.map(({ id }) => id));
  expect(waiting.filter((id) => !shown.has(id))).toEqual([]);
});
