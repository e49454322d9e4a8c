import type { ListEntry, Presence } from '@baton/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PATIENCE_MS, quickest, soon } from '../support/soon.ts';
import { NodesFixture } from './nodes-fixture.ts';

let fixture: NodesFixture;
beforeAll(async () => {
  fixture = await NodesFixture.start({ nodes: 2 });
  fixture.answer = () => new Promise(() => {});
  await fixture.cluster.together();
});
afterAll(() => fixture.close());

test('[SEE-1] what is committed on one node is seen at once by those who are connected to another', async () => {
  const ada = await fixture.joins(fixture.ada, 1);
  const { conversationId } = await fixture.customer('seen', 0).write('one');
  await ada.watch(conversationId);
  const took = await quickest(3, async (time) => {
    await fixture.customer('seen', 0).writes(`live-${time}`, `live ${time}`);
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
  const { conversationId } = await fixture.customer('presence', 0).write('Hello');
  const [ada, ben] = [await fixture.joins(fixture.ada, 0), await fixture.joins(fixture.ben, 1)];
  await ada.watch(conversationId);
  const watched = await ben.watch(conversationId);
  await soon(() => ada.people(conversationId)).toEqual(['Ada', 'Ben']);
  if (watched.ok) await soon(() => ben.people(conversationId)).toEqual(['Ada', 'Ben']);
  await ben.type(conversationId, true);
  await soon(() => ada.people(conversationId)).toEqual(['Ada', 'Ben…']);
  await soon(async () => (await fixture.owner(0).conversation(conversationId)).state).toBe('humanActive');
  await ben.type(conversationId, false);
  await soon(() => ada.people(conversationId)).toEqual(['Ada', 'Ben']);
  ben.close();
  await soon(() => ada.people(conversationId)).toEqual(['Ada']);
  // The rest of the workspace is told too, whichever conversation they look at.
  const third = await fixture.joins(fixture.ben, 1);
  await soon(() => names(third.all<Presence[]>('attendance').flat(), conversationId)).toEqual(['Ada']);
});

test('[SEE-4] a customer sees who is typing, and gets the reply, across nodes', async () => {
  const customer = await fixture.visits(1);
  await customer.write('Hello', 'first');
  const { conversationId } = customer;
  await fixture.api(fixture.ada, 0).setAgentReplies(conversationId, false);
  const ada = await fixture.joins(fixture.ada, 0);
  await ada.watch(conversationId);
  await ada.type(conversationId, true);
  await soon(() => [...customer.typing]).toEqual(['Ada']);
  await fixture.api(fixture.ada, 0).send(conversationId, 'Here I am', { clientMessageId: 'reply', force: true });
  await soon(() => customer.heard()).toContain('Here I am');
  await soon(() => [...customer.typing]).toEqual([]);
});

test('[SEE-5] whoever is removed on one node stops receiving on the other within a second', async () => {
  const took = await quickest(3, async (time) => {
    const { teammate, key } = await fixture.owner(0).createTeammate(`Gone${time}`);
    const gone = await fixture.joins({ key }, 1);
    const ended = new Promise<void>((resolve) => gone.socket.once('disconnect', () => resolve()));
    await fixture.owner(0).call('DELETE', `/teammates/${teammate.id}`);
    const began = performance.now();
    await ended;
    return performance.now() - began;
  });
  expect(took).toBeLessThan(1_000);
});

test('[HOLD-4] a lease that a request began on one node is ended by a request to another', async () => {
  const { conversationId } = await fixture.customer('lease', 0).write('Hello');
  await fixture.api(fixture.ada, 0).type(conversationId, true);
  await fixture.api(fixture.ada, 1).type(conversationId, true);
  expect((await fixture.owner(1).conversation(conversationId)).state).toBe('humanActive');
  await fixture.api(fixture.ada, 1).type(conversationId, false);
  expect((await fixture.owner(0).conversation(conversationId)).state).toBe('agentActive');
});

test('[HOLD-4] who reconnects to another node goes on typing there: the old lease ends, the new one holds', async () => {
  const { conversationId } = await fixture.customer('moves', 0).write('Hello');
  // Both connections are there first: the old lease lives on for 3 s only, which a busy machine may need to make another one.
  const [before, after] = [await fixture.joins(fixture.ada, 0), await fixture.joins(fixture.ada, 1)];
  for (const client of [before, after]) await client.watch(conversationId);
  await before.type(conversationId, true);
  before.socket.io.reconnection(false);
  before.socket.io.engine.close();
  const goesOnTyping = async () => {
    await after.type(conversationId, true);
    return leases(await fixture.owner().transitions(conversationId));
  };
  // The first is a lease of its own, and the others keep it.
  await expect
    .poll(goesOnTyping, { timeout: PATIENCE_MS, interval: 1_000 })
    .toEqual(['human.typing', 'human.typing', 'human.stopped']);
  expect((await fixture.owner(1).conversation(conversationId)).state).toBe('humanActive');
  await after.type(conversationId, false);
  expect((await fixture.owner(0).conversation(conversationId)).state).toBe('agentActive');
});

const leases = (transitions: { event: { type: string } }[]) =>
  transitions.map(({ event }) => event.type).filter((type) => type.startsWith('human.'));

function names(presences: Presence[], conversationId: string): string[] {
  const last = presences.findLast((presence) => presence.conversationId === conversationId);
  return (last?.people ?? []).map(({ name }) => name);
}
