import type { Presence } from '@baton/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Company, found } from '../../http/api-fixture.ts';
import { joinCustomer, joinTeam, type Live, meetCustomer, startLive } from '../live.ts';

let live: Live;
let acme: Company;
beforeAll(async () => {
  live = await startLive();
  acme = await found(live);
});
afterAll(() => live.close());

const names = (changed: Presence[], conversationId: string) =>
  changed.find((it) => it.conversationId === conversationId)?.people.map(({ name, typing }) => [name, typing]);

test('[SEE-1] sends attendance and typing to the whole workspace, and to no other', async () => {
  const key = await meetCustomer(live, acme);
  const { conversationId } = key;
  const { teammate, supervisor } = acme.people;
  const [ben, eve] = [await joinTeam(live, teammate.key), await joinTeam(live, supervisor.key)];
  const stranger = await joinTeam(live, (await found(live)).people.owner.key);
  const told = async () => {
    live.rounds.run(250);
    await eve.settled();
    return eve.all<Presence[]>('attendance').map((changed) => names(changed, conversationId));
  };

  const zoe = await joinCustomer(live, key.token);
  expect(await told(), 'a customer alone sends no attendance').toEqual([]);
  await ben.ask('watch', { conversationId });
  expect(await told()).toEqual([
    [
      ['Zoe', false],
      [teammate.name, false],
    ],
  ]);
  await ben.ask('typing', { conversationId, typing: true });
  expect((await told()).at(-1)).toEqual([
    ['Zoe', false],
    [teammate.name, true],
  ]);
  const count = (await told()).length;
  await ben.ask('typing', { conversationId, typing: true });
  expect(await told(), 'a heartbeat sends no attendance').toHaveLength(count);

  const late = await joinTeam(live, acme.people.owner.key);
  expect(names(await late.next<Presence[]>('attendance'), conversationId)).toContainEqual([teammate.name, true]);

  await ben.ask('unwatch', { conversationId });
  expect((await told()).at(-1)).toEqual([['Zoe', false]]);
  zoe.socket.close();
  await ben.settled();
  expect(await told()).toHaveLength(count + 1);
  await stranger.settled();
  expect(stranger.all('attendance')).toEqual([]);
  for (const client of [ben, eve, stranger, late]) client.socket.close();
});
