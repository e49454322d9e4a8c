import { beforeEach, expect, test } from 'vitest';
import { ChannelBus } from '../../src/cluster/channel-bus.ts';
import { MAX_SILENT_ROUNDS } from '../../src/cluster/peers.ts';
import { messageSigner } from '../../src/cluster/signature.ts';
import type { ClusterMessage } from '../../src/cluster/messages.ts';
import { ManualRounds } from '../realtime/manual-rounds.ts';
import { Hub } from './hub.ts';

const ROUND = 1_000;
let hub: Hub;
beforeEach(() => {
  hub = new Hub();
});

/** A node that records what its listeners receive. */
function start(secretKey = 'the key of all nodes') {
  const rounds = new ManualRounds();
  const errors: unknown[] = [];
  const bus = new ChannelBus({
    signer: messageSigner(secretKey),
    every: rounds.every,
    open: (listener) => hub.open(listener),
    closeTimeout: () => Promise.resolve(),
    onError: (error) => errors.push(error),
  });
  const node = { bus, errors, received: [] as number[], missed: 0, asked: 0, gone: 0, round: () => rounds.run(ROUND) };
  bus.subscribe({
    received: (message) => message.type === 'replyInvalidated' && node.received.push(message.turn),
    missed: () => (node.missed += 1),
    snapshotRequested: () => (node.asked += 1),
    nodeGone: () => (node.gone += 1),
  });
  return node;
}

/** A message that its number identifies. */
const message = (turn: number): ClusterMessage => ({
  type: 'replyInvalidated',
  key: { workspaceId: 'w', conversationId: 'c' },
  turn,
});

/** Resolves once all pending promises have settled. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

test('delivers messages to all other nodes, in order and once', async () => {
  const [a, b, c] = [start(), start(), start()];
  await settled();
  for (let turn = 1; turn <= 200; turn += 1) a.bus.publish(message(turn));
  await settled();
  const all = Array.from({ length: 200 }, (_, index) => index + 1);
  expect([a.received, b.received, c.received]).toEqual([[], all, all]);
  expect([a.bus.peers, b.bus.peers, c.bus.peers]).toEqual([2, 2, 2]);
});

test('requests snapshots from all nodes when a node starts', async () => {
  const a = start();
  await settled();
  const b = start();
  await settled();
  expect([a.asked, b.asked]).toEqual([1, 0]);
});

test('notices a lost message at the next heartbeat and requests a snapshot', async () => {
  const [a, b] = [start(), start()];
  await settled();
  const before = { missed: b.missed, asked: a.asked };
  hub.lose(true);
  a.bus.publish(message(1));
  await settled();
  hub.lose(false);
  expect(b.missed).toBe(before.missed);
  a.round();
  await settled();
  expect([b.missed, a.asked]).toEqual([before.missed + 1, before.asked + 1]);
  expect(b.received).toEqual([]);
  a.round();
  await settled();
  expect(b.missed).toBe(before.missed + 1);
});

test('drops messages while the channel is away, and reports them missed afterwards', async () => {
  const [a, b] = [start(), start()];
  await settled();
  const before = b.missed;
  hub.leave();
  for (let turn = 1; turn <= 5_000; turn += 1) a.bus.publish(message(turn));
  await settled();
  hub.comeBack();
  await settled();
  a.bus.publish(message(6_000));
  await settled();
  expect(b.received).toEqual([6_000]);
  expect(b.missed).toBeGreaterThan(before);
});

test('bounds the queue of a frozen channel, and reopens the connection', async () => {
  const [a, b] = [start(), start()];
  await settled();
  hub.freeze();
  for (let turn = 1; turn <= 100_000; turn += 1) a.bus.publish(message(turn));
  for (let round = 0; round < 5; round += 1) {
    a.round();
    await settled();
  }
  expect(hub.reopened).toBe(1);
  expect(b.received).toEqual([]);
  hub.thaw();
  await settled();
  expect(b.received.length).toBeLessThan(1_100);
  expect(b.missed).toBeGreaterThan(0);
});

test('removes a silent node after a few rounds, and accepts it again later', async () => {
  const [a, b] = [start(), start()];
  await settled();
  for (let round = 0; round < MAX_SILENT_ROUNDS; round += 1) b.round();
  expect([b.bus.peers, b.gone]).toEqual([1, 0]);
  b.round();
  expect([b.bus.peers, b.gone]).toEqual([0, 1]);
  a.round();
  await settled();
  expect(b.bus.peers).toBe(1);
});

test('counts no peers while the channel is away, nor before their next frame', async () => {
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

test('removes a leaving node at once', async () => {
  const [a, b] = [start(), start()];
  await settled();
  await a.bus.close();
  expect([b.bus.peers, b.gone]).toEqual([0, 1]);
});

test('ignores texts without a valid signature', async () => {
  const [ours, theirs] = [start(), start('the key of somebody else')];
  await settled();
  theirs.bus.publish(message(1));
  const end = hub.open({ received: () => {}, opened: () => {} });
  const forged = JSON.stringify({ node: 'x', first: 0, messages: [message(2)] });
  for (const text of ['', ' ', 'no signature', forged, `${'A'.repeat(43)} ${forged}`]) await end.send(text);
  await settled();
  expect([ours.received, ours.bus.peers, ours.errors]).toEqual([[], 0, []]);
});

test('skips unknown messages of a newer version, and reports them missed', async () => {
  const node = start();
  await settled();
  const before = node.missed;
  const signer = messageSigner('the key of all nodes');
  const end = hub.open({ received: () => {}, opened: () => {} });
  const messages = [message(1), { type: 'from the future' }, message(2)];
  await end.send(signer.sign(JSON.stringify({ node: 'newer', first: 0, messages })));
  expect([node.received, node.missed, node.errors]).toEqual([[1, 2], before + 1, []]);
});

test('separates deployments with different keys that share a Redis', () => {
  expect(messageSigner('one').channel).not.toBe(messageSigner('two').channel);
});
