import { beforeEach, expect, test } from 'vitest';
import {
  PresenceRegistry,
  WRITING_MS,
  type Attendee,
  type PresenceChange,
} from '../../../src/realtime/presence/presence-registry.ts';

const key = { workspaceId: 'w', conversationId: 'c' };
const ada: Attendee = { kind: 'teammate', id: 'ada', name: 'Ada' };
const ben: Attendee = { kind: 'teammate', id: 'ben', name: 'Ben' };
const zoe: Attendee = { kind: 'customer', id: 'zoe', name: 'Zoe' };

let now: number;
let registry: PresenceRegistry;
let changes: PresenceChange[];
beforeEach(() => {
  now = 0;
  changes = [];
  registry = new PresenceRegistry(() => now);
  registry.subscribe((change) => changes.push(change));
});

const people = () => registry.of(key).people;
const typing = () =>
  people()
    .filter((person) => person.typing)
    .map(({ id }) => id);
/** How many changes the call emits. */
const emitted = (act: () => void): number => {
  const before = changes.length;
  act();
  return changes.length - before;
};

test('merges two connections of a person, who types while either one does', () => {
  registry.enter(key, '1', ada);
  registry.enter(key, '2', ada);
  registry.setWriting(key, '2', { note: false });
  expect(people()).toEqual([{ ...ada, typing: true, idle: false }]);
  registry.leave(key, '2');
  expect(people()).toEqual([{ ...ada, typing: false, idle: false }]);
});

test('shows a person idle if all their connections are, and emits each change once', () => {
  const idle = () => people().map((person) => person.idle);
  registry.enter(key, '1', ada);
  registry.enter(key, '2', ada, true);
  expect(idle()).toEqual([false]);
  expect(emitted(() => registry.setIdle(key, '1', true))).toBe(1);
  expect(emitted(() => registry.setIdle(key, '1', true))).toBe(0);
  expect(idle()).toEqual([true]);
  expect(emitted(() => registry.setIdle(key, '2', false))).toBe(1);
  expect(idle()).toEqual([false]);
  expect(emitted(() => registry.setIdle(key, 'gone', true))).toBe(0);
});

test('emits no change for a renewal, and one for a switch to a note', () => {
  registry.enter(key, '1', ada);
  expect(emitted(() => registry.setWriting(key, '1', { note: false }))).toBe(1);
  now = 3_000;
  expect(emitted(() => registry.setWriting(key, '1', { note: false }))).toBe(0);
  expect(emitted(() => registry.setWriting(key, '1', { note: true }))).toBe(1);
  expect(emitted(() => registry.setWriting(key, '1', null))).toBe(1);
  expect(emitted(() => registry.setWriting(key, '1', null))).toBe(0);
});

test('expires a writing state without heartbeats together with its lease', () => {
  registry.enter(key, '1', ada);
  registry.enter(key, '2', ben);
  registry.setWriting(key, '1', { note: false });
  now = 3_000;
  registry.setWriting(key, '2', { note: false });
  now = WRITING_MS - 1;
  expect(emitted(() => registry.expireWriting())).toBe(0);
  now = WRITING_MS;
  expect(emitted(() => registry.expireWriting())).toBe(1);
  expect(typing()).toEqual(['ben']);
});

test('stops the writing state on all connections of the sender', () => {
  for (const connection of ['1', '2']) {
    registry.enter(key, connection, ada);
    registry.setWriting(key, connection, { note: false });
  }
  expect(emitted(() => registry.stopWriting(key, 'ada'))).toBe(1);
  expect(emitted(() => registry.stopWriting(key, 'ada'))).toBe(0);
  expect(typing()).toEqual([]);
});

test('[SEE-4] counts neither notes nor the customer as writing to the customer', () => {
  for (const [connection, person] of [['1', ada] as const, ['2', ben] as const, ['3', zoe] as const]) {
    registry.enter(key, connection, person);
    registry.setWriting(key, connection, { note: connection === '1' });
  }
  expect(registry.writersToCustomer(key)).toEqual([ben]);
});

test('forgets an empty conversation, and ignores unknown connections', () => {
  registry.enter(key, '1', ada);
  expect([emitted(() => registry.leave(key, '1')), emitted(() => registry.leave(key, '1'))]).toEqual([1, 0]);
  expect(emitted(() => registry.setWriting(key, '1', { note: false }))).toBe(0);
  expect(registry.localKeys()).toEqual([]);
});

test('keeps the connections and agents of each node apart', () => {
  registry.enter(key, '1', ada);
  registry.setAgent(key, 'Robin');
  const remote = { key, connections: [{ person: ben, idle: false, writing: { note: false } }] };
  registry.replaceRemote('n2', { connections: [remote], replying: [] });
  registry.setRemoteAgent('n3', { key, agent: 'Sam' });
  expect(typing()).toEqual(['ben']);
  const here = { key, connections: [{ person: ada, idle: false, writing: null }] };
  expect(registry.local()).toEqual({ connections: [here], replying: [{ key, agent: 'Robin' }] });

  registry.setAgent(key, null);
  expect(registry.replyingAgent(key)).toBe('Sam');
  registry.removeNode('n3');
  expect(registry.replyingAgent(key)).toBe(null);
  expect(changes.at(-1)).toEqual({ key, part: 'agent', isLocal: false });
  registry.removeNode('n2');
  expect(people()).toEqual([{ ...ada, typing: false, idle: false }]);
});

test('emits one change per conversation when a node sends a snapshot', () => {
  const remote = { key, connections: [{ person: ben, idle: false, writing: null }] };
  const snapshot = { connections: [remote], replying: [{ key, agent: 'Robin' }] };
  registry.replaceRemote('n2', snapshot);
  expect(emitted(() => registry.replaceRemote('n2', snapshot))).toBe(2);
  expect(emitted(() => registry.removeNode('n2'))).toBe(2);
  expect(emitted(() => registry.removeNode('n2'))).toBe(0);
});
