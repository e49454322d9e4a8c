import { listConversations } from '@baton/database/queries/list-conversations';
import { readMessages } from '@baton/database/queries/messages';
import type { Conversation } from '@baton/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { prepareDemo } from '../../src/demo/fill-demo.ts';
import { ADA, DEMO_PASSWORD } from '../../src/demo/people.ts';
import { type Api, ask, signIn, startApi } from '../http/api-fixture.ts';

let api: Api;
let workspaceId: string;
let conversations: Conversation[];

const of = (name: string) => conversations.find(({ customer }) => customer.name === name)!;
const messagesOf = (name: string) =>
  readMessages(api.deps.db, { workspaceId, conversationId: of(name).id }, {}, 50, 'newest');

beforeAll(async () => {
  api = await startApi();
  const { db, auth, runtime, typing, now, intake } = api.deps;
  const demo = await prepareDemo({ db, auth, runtime, typing, now, intake, every: () => () => {} });
  await demo!.fill();
  const cookie = await signIn(api, ADA.email, DEMO_PASSWORD);
  workspaceId = (await ask(api, 'GET /api/v1/me', { headers: { cookie } })).body.workspace.id;
  const page = { limit: 50, after: null };
  conversations = (await listConversations(db, workspaceId, 'nobody', {}, page)).items;
});

afterAll(() => api.close());

test('the demo shows a dozen conversations in all four states and statuses', () => {
  expect(conversations.length).toBeGreaterThanOrEqual(12);
  const count = (state: Conversation['state']) => conversations.filter((it) => it.state === state).length;
  for (const state of ['agentActive', 'humanActive', 'humanPriorityWindow', 'agentDisabled'] as const) {
    expect(count(state), state).toBeGreaterThan(0);
  }
  expect(new Set(conversations.map(({ status }) => status))).toEqual(new Set(['open', 'snoozed', 'closed']));
});

test('[SEND-3] one agent message was withheld by a takeover', async () => {
  expect(of('Diego Morales')).toMatchObject({ state: 'agentDisabled', reason: 'switchedOff' });
  const withheld = (await messagesOf('Diego Morales')).filter(({ delivery }) => delivery === 'withheld');
  expect(withheld).toMatchObject([{ author: { kind: 'agent' } }]);
});

test('what was before lies in the past and waits for nobody', async () => {
  const [first] = await messagesOf('Sofía Castro');
  expect(Date.parse(first!.createdAt)).toBeLessThan(api.deps.now() - 23 * 3_600_000);
  expect(of('Sofía Castro').waitingSince).toBeNull();
});

test('a window that is long enough to be looked at runs, with a customer waiting', () => {
  const { resumesAt, waitingSince, state } = of('Noor Haddad');
  expect(state).toBe('humanPriorityWindow');
  expect(Date.parse(resumesAt!) - api.deps.now()).toBeGreaterThan(600_000);
  expect(waitingSince).not.toBeNull();
});

test('a database that has a workspace is left as it is', async () => {
  const { db, auth, runtime, typing, now, intake } = api.deps;
  expect(await prepareDemo({ db, auth, runtime, typing, now, intake, every: () => () => {} })).toBeNull();
});
