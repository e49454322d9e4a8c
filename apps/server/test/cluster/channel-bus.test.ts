import { beforeEach, expect, test } from 'vitest';
import { NodeBus } from '../../src/cluster/channel-bus.ts';
import { GONE_AFTER } from '../../src/cluster/peers.ts';
import { createSeal } from '../../src/cluster/signature.ts';
import type { Word } from '../../src/cluster/messages.ts';
import { ManualRounds } from '../realtime/manual-rounds.ts';
import { Hub } from './hub.ts';

const ROUND = 1_000;
let hub: Hub;
beforeEach(() => {
  hub = new Hub();
});

/** A node, and what it noticed. */
function start(secretKey = 'the key of all nodes') {
  const rounds = new ManualRounds();
  const errors: unknown[] = [];
  const bus = new NodeBus({
    seal: createSeal(secretKey),
    every: rounds.every,
    open: (listener) => hub.open(listener),
    farewell: () => Promise.resolve(),
    onError: (error) => errors.push(error),
  });
  const node = { bus, errors, heard: [] as number[], missed: 0, asked: 0, gone: 0, round: () => rounds.run(ROUND) };
  bus.listen({
    heard: (word) => word.type === 'aborted' && node.heard.push(word.turn),
    missed: () => (node.missed += 1),
    asked: () => (node.asked += 1),
    gone: () => (node.gone += 1),
  });
  return node;
}

/** A word that a number tells apart. */
const word = (turn: number): Word => ({
  type: 'aborted',
  key: { workspaceId: 'w', conversationId: 'c' },
  turn,
});

/** Everything that needs no clock has happened. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

test('what one node tells, all others hear, in order and once', async () => {
  const [a, b, c] = [start(), start(), start()];
  await settled();
  for (let turn = 1; turn <= 200; turn += 1) a.bus.tell(word(turn));
  await settled();
  const all = Array.from({ length: 200 }, (_, index) => index + 1);
  expect([a.heard, b.heard, c.heard]).toEqual([[], all, all]);
  expect([a.bus.peers, b.bus.peers, c.bus.peers]).toEqual([2, 2, 2]);
});

test('a node that comes asks the others what is true of them, and is asked by those who heard it late', async () => {
  const a = start();
  await settled();
  const b = start();
  await settled();
  expect([a.asked, b.asked]).toEqual([1, 0]);
});

test('a word that was lost is missed by the next sign of life, and asked for', async () => {
  const [a, b] = [start(), start()];
  await settled();
  const before = { missed: b.missed, asked: a.asked };
  hub.lose(true);
  a.bus.tell(word(1));
  await settled();
  hub.lose(false);
  expect(b.missed).toBe(before.missed);
  a.round();
  await settled();
  expect([b.missed, a.asked]).toEqual([before.missed + 1, before.asked + 1]);
  expect(b.heard).toEqual([]);
  a.round();
  await settled();
  expect(b.missed).toBe(before.missed + 1);
});

test('while the channel is away nothing is kept; when it is back everybody looks for what was lost', async () => {
  const [a, b] = [start(), start()];
  await settled();
  const before = b.missed;
  hub.leave();
  for (let turn = 1; turn <= 5_000; turn += 1) a.bus.tell(word(turn));
  await settled();
  hub.comeBack();
  await settled();
  a.bus.tell(word(6_000));
  await settled();
  expect(b.heard).toEqual([6_000]);
  expect(b.missed).toBeGreaterThan(before);
});

test('a frozen channel holds a bounded number of words, and the node tries another connection', async () => {
  const [a, b] = [start(), start()];
  await settled();
  hub.freeze();
  for (let turn = 1; turn <= 100_000; turn += 1) a.bus.tell(word(turn));
  for (let round = 0; round < 5; round += 1) {
    a.round();
    await settled();
  }
  expect(hub.reopened).toBe(1);
  expect(b.heard).toEqual([]);
  hub.thaw();
  await settled();
  expect(b.heard.length).toBeLessThan(1_100);
  expect(b.missed).toBeGreaterThan(0);
});

test('a node that is silent is gone after a few rounds, and is new when it is heard again', async () => {
  const [a, b] = [start(), start()];
  await settled();
  for (let round = 0; round < GONE_AFTER; round += 1) b.round();
  expect([b.bus.peers, b.gone]).toEqual([1, 0]);
  b.round();
  expect([b.bus.peers, b.gone]).toEqual([0, 1]);
  a.round();
  await settled();
  expect(b.bus.peers).toBe(1);
});

test('while the channel is away nobody is heard, and when it is back nobody until they say something', async () => {
  const [a, b] = [start(), start()];
  await settled();
  expect(b.bus.peers).toBe(1);
  hub.leave();
  expect(b.bus.peers).toBe(0);
  hub.lose(true);
  hub.comeBack();
  await settled();
  expect([b.bus.peers, b.gone]).toEqual([0, 0]);
  hub.lose(false);
  a.round();
  await settled();
  expect(b.bus.peers).toBe(1);
});

test('a node that says goodbye is gone at once', async () => {
  const [a, b] = [start(), start()];
  await settled();
  await a.bus.close();
  expect([b.bus.peers, b.gone]).toEqual([0, 1]);
});

test('what no node of ours has said is not heard', async () => {
  const [ours, theirs] = [start(), start('the key of somebody else')];
  await settled();
  theirs.bus.tell(word(1));
  const end = hub.open({ heard: () => {}, opened: () => {} });
  const forged = JSON.stringify({ node: 'x', first: 0, words: [word(2)] });
  for (const text of ['', ' ', 'no seal', forged, `${'A'.repeat(43)} ${forged}`]) await end.say(text);
  await settled();
  expect([ours.heard, ours.bus.peers, ours.errors]).toEqual([[], 0, []]);
});

test('a word that this version does not know is passed over, and looked up in the database', async () => {
  const node = start();
  await settled();
  const before = node.missed;
  const seal = createSeal('the key of all nodes');
  const end = hub.open({ heard: () => {}, opened: () => {} });
  const words = [word(1), { type: 'from the future' }, word(2)];
  await end.say(seal.close(JSON.stringify({ node: 'newer', first: 0, words })));
  expect([node.heard, node.missed, node.errors]).toEqual([[1, 2], before + 1, []]);
});

test('deployments with different keys that share a Redis do not use the same channel', () => {
  expect(createSeal('one').channel).not.toBe(createSeal('two').channel);
});
