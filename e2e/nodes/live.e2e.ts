import type { ListEntry, Presence } from '@baton/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PATIENCE_MS, quickest, soon } from '../support/soon.ts';
import { Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.set({ nodes: 2 });
  stage.answer = () => new Promise(() => {});
  await stage.cluster.together();
});
afterAll(() => stage.strike());

test('[SEE-1] what is committed on one node is seen at once by those who are connected to another', async () => {
  const ada = await stage.joins(stage.ada, 1);
  const { conversationId } = await stage.customer('seen', 0).write('one');
  await ada.watch(conversationId);
  const took = await quickest(3, async (time) => {
    await stage.customer('seen', 0).writes(`live-${time}`, `live ${time}`);
    const began = performance.now();
    await soon(() => ada.texts()).toContain(`live ${time}`);
    return performance.now() - began;
  });
  expect(took).toBeLessThan(1_000);
  await soon(
    () =>
      ada
        .all<ListEntry[]>('list')
        .flat()
        .findLast(({ id }) => id === conversationId)?.lastSeq,
  ).toBe(4);
});

test('[HOLD-14] teammates on different nodes see each other come, type and go', async () => {
  const { conversationId } = await stage.customer('presence', 0).write('Hello');
  const [ada, ben] = [await stage.joins(stage.ada, 0), await stage.joins(stage.ben, 1)];
  await ada.watch(conversationId);
  const watched = await ben.watch(conversationId);
  await soon(() => ada.people(conversationId)).toEqual(['Ada', 'Ben']);
  if (watched.ok) await soon(() => ben.people(conversationId)).toEqual(['Ada', 'Ben']);
  await ben.type(conversationId, true);
  await soon(() => ada.people(conversationId)).toEqual(['Ada', 'Ben…']);
  await soon(async () => (await stage.owner(0).conversation(conversationId)).state).toBe('humanActive');
  await ben.type(conversationId, false);
  await soon(() => ada.people(conversationId)).toEqual(['Ada', 'Ben']);
  ben.close();
  await soon(() => ada.people(conversationId)).toEqual(['Ada']);
  // The rest of the workspace is told too, whichever conversation they look at.
  const third = await stage.joins(stage.ben, 1);
  await soon(() => names(third.all<Presence[]>('attendance').flat(), conversationId)).toEqual(['Ada']);
});

test('[SEE-4] a customer sees who is typing, and gets the reply, across nodes', async () => {
  const customer = await stage.visits(1);
  await customer.write('Hello', 'first');
  const { conversationId } = customer;
  await stage.api(stage.ada, 0).setAgentReplies(conversationId, false);
  const ada = await stage.joins(stage.ada, 0);
  await ada.watch(conversationId);
  await ada.type(conversationId, true);
  await soon(() => [...customer.typing]).toEqual(['Ada']);
  await stage.api(stage.ada, 0).send(conversationId, 'Here I am', { clientMessageId: 'reply', force: true });
  await soon(() => customer.heard()).toContain('Here I am');
  await soon(() => [...customer.typing]).toEqual([]);
});

test('[SEE-5] whoever is removed on one node stops receiving on the other within a second', async () => {
  const took = await quickest(3, async (time) => {
    const { teammate, key } = await stage.owner(0).createTeammate(`Gone${time}`);
    const gone = await stage.joins({ key }, 1);
    const ended = new Promise<void>((resolve) => gone.socket.once('disconnect', () => resolve()));
    await stage.owner(0).call('DELETE', `/teammates/${teammate.id}`);
    const began = performance.now();
    await ended;
    return performance.now() - began;
  });
  expect(took).toBeLessThan(1_000);
});

test('[HOLD-4] a lease that a request began on one node is ended by a request to another', async () => {
  const { conversationId } = await stage.customer('lease', 0).write('Hello');
  await stage.api(stage.ada, 0).type(conversationId, true);
  await stage.api(stage.ada, 1).type(conversationId, true);
  expect((await stage.owner(1).conversation(conversationId)).state).toBe('humanActive');
  await stage.api(stage.ada, 1).type(conversationId, false);
  expect((await stage.owner(0).conversation(conversationId)).state).toBe('agentActive');
});

test('[HOLD-4] who reconnects to another node goes on typing there: the old lease ends, the new one holds', async () => {
  const { conversationId } = await stage.customer('moves', 0).write('Hello');
  // Both connections are there first: the old lease lives on for 3 s only, which a busy machine may need to make another one.
  const [before, after] = [await stage.joins(stage.ada, 0), await stage.joins(stage.ada, 1)];
  for (const client of [before, after]) await client.watch(conversationId);
  await before.type(conversationId, true);
  before.socket.io.reconnection(false);
  before.socket.io.engine.close();
  const goesOnTyping = async () => {
    await after.type(conversationId, true);
    return leases(await stage.owner().transitions(conversationId));
  };
  // The first is a lease of its own, and the others keep it.
  await expect
    .poll(goesOnTyping, { timeout: PATIENCE_MS, interval: 1_000 })
    .toEqual(['human.typing', 'human.typing', 'human.stopped']);
  expect((await stage.owner(1).conversation(conversationId)).state).toBe('humanActive');
  await after.type(conversationId, false);
  expect((await stage.owner(0).conversation(conversationId)).state).toBe('agentActive');
});

const leases = (transitions: { event: { type: string } }[]) =>
  transitions.map(({ event }) => event.type).filter((type) => type.startsWith('human.'));

function names(presences: Presence[], conversationId: string): string[] {
  const last = presences.findLast((presence) => presence.conversationId === conversationId);
  return (last?.people ?? []).map(({ name }) => name);
}
