import type { Command, ConversationKey, Outcome } from '@baton/runtime';
import { expect, test } from 'vitest';
import { FakeScheduler } from '@baton/store-contract/testing';
import { MAX_CUSTOMERS, Simulations } from '../../src/demo/simulations.ts';

function inbox() {
  const scheduler = new FakeScheduler();
  const heard: { key: ConversationKey; command: Command }[] = [];
  const seen: string[] = [];
  let ids = 0;
  const simulations = new Simulations({
    scheduler,
    newId: () => `id-${++ids}`,
    intake: {
      openConversation: async ({ workspaceId, customer }) => ({ workspaceId, conversationId: customer.externalId }),
    },
    messages: async () => [],
    chats: {
      enter: (_key, _connection, { name }) => seen.push(`${name} comes`),
      typing: (_key, _connection, typing) => seen.push(typing ? 'types' : 'rests'),
      leave: () => seen.push('leaves'),
    },
    runtime: {
      dispatch: async (key, command): Promise<Outcome> => {
        heard.push({ key, command });
        return { ok: false, code: 'conflict' };
      },
    },
  });
  const start = (workspaceId = 'acme') => simulations.start({ workspaceId, channelId: 'chat' });
  return { scheduler, heard, seen, simulations, start };
}

test('three simulated customers at once in a workspace, however quickly they are asked for', async () => {
  const { start } = inbox();
  const keys = await Promise.all(Array.from({ length: MAX_CUSTOMERS + 2 }, () => start()));
  expect(keys.filter((key) => key !== null)).toHaveLength(MAX_CUSTOMERS);
  expect(await start('rival')).not.toBeNull();
});

test('one who has left makes room for another', async () => {
  const { start, scheduler } = inbox();
  for (let count = 0; count < MAX_CUSTOMERS; count += 1) await start();
  expect(await start()).toBeNull();
  // Their first line is refused here, so they go.
  await scheduler.advance(10_000);
  expect(await start()).not.toBeNull();
});

test('the team sees them come, type before each line, and go', async () => {
  const { start, scheduler, seen } = inbox();
  await start();
  expect(seen).toEqual(['Nora Petersen comes']);
  await scheduler.advance(1_000);
  expect(seen.at(-1)).toBe('types');
  // Their first line is refused here, so they go.
  await scheduler.advance(10_000);
  expect(seen).toEqual(['Nora Petersen comes', 'types', 'rests', 'leaves']);
});

test('they write as visitors of the web chat do', async () => {
  const { start, scheduler, heard } = inbox();
  const key = await start();
  await scheduler.advance(10_000);
  expect(heard[0]).toMatchObject({
    key,
    command: { type: 'receive', from: 'customer', automated: false, imported: false, externalId: null },
  });
});

test('a server that stops takes them along', async () => {
  const { start, simulations, scheduler, heard } = inbox();
  await start();
  simulations.stop();
  await scheduler.advance(600_000);
  expect(heard).toEqual([]);
  expect(await start()).toBeNull();
});
