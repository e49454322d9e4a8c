import type { ListEntry } from '@baton/protocol';
import { beforeEach, expect, test } from 'vitest';
import { ListSlices } from '../../../src/realtime/fan-out/list-slices.ts';
import { ManualRounds } from '../manual-rounds.ts';

const team = (size: number, name = 'socket') => Array.from({ length: size }, (_, nth) => `${name} ${nth}`);
const [first, second]: [ListEntry[], ListEntry[]] = [[], []];

let rounds: ManualRounds;
let emitted: { connections: string[]; frame: ListEntry[] }[];
let slices: ListSlices;
beforeEach(() => {
  rounds = new ManualRounds();
  emitted = [];
  slices = new ListSlices({
    every: rounds.every,
    emit: (connections, frame) => void emitted.push({ connections, frame }),
  });
});

const reached = () => emitted.flatMap(({ connections }) => connections);

test('[SEE-1] sends a small team its frame at once', () => {
  slices.send(team(32), first);
  expect(emitted).toEqual([{ connections: team(32), frame: first }]);
  rounds.run(25);
  expect(emitted.length).toBe(1);
});

test('[SEE-1] sends a large team its frame in slices, once per connection', () => {
  slices.send(team(200), first);
  expect(reached()).toEqual(team(32));
  rounds.run(25);
  expect(reached()).toEqual(team(64));
  for (let times = 0; times < 20; times += 1) rounds.run(25);
  expect(reached()).toEqual(team(200));
});

test('[SEE-1] finishes a frame before the next one is due, for any team size', () => {
  slices.send(team(10_000), first);
  for (let ms = 25; ms < 250; ms += 25) rounds.run(25);
  expect(reached()).toEqual(team(10_000));
});

test('[SEE-5] never emits to an empty list, which would reach all connections', () => {
  slices.send([], first);
  slices.send(team(33), first);
  for (let times = 0; times < 20; times += 1) rounds.run(25);
  slices.finish();
  expect(emitted.map(({ connections }) => connections.length)).toEqual([32, 1]);
});

test('[SEE-1] sends slices of several workspaces in parallel', () => {
  slices.send(team(40, 'here'), first);
  slices.send(team(70, 'there'), second);
  rounds.run(25);
  expect(reached().filter((name) => name.startsWith('here'))).toEqual(team(40, 'here'));
  expect(reached().filter((name) => name.startsWith('there'))).toEqual(team(64, 'there'));
  rounds.run(25);
  expect(reached().length).toBe(110);
});

test('[SEE-1] sends remaining slices before a newer frame, and none twice', () => {
  slices.send(team(100), first);
  slices.finish();
  expect(reached()).toEqual(team(100));
  slices.send(team(100), second);
  for (let times = 0; times < 20; times += 1) rounds.run(25);
  expect(emitted.filter(({ frame }) => frame === second).flatMap(({ connections }) => connections)).toEqual(team(100));
});
