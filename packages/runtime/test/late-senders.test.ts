import { beforeEach, expect, test } from 'vitest';
import type { Sender } from '../src/index.ts';
import type { FixtureConversation } from '@baton/store-contract/testing';
import { Channel, REFUSED_NOW } from './channel.ts';
import {
  deliveryOf,
  done,
  makeWorld,
  replied,
  says,
  SENT,
  setReplies,
  TOM,
  transcriptOf,
  type Node,
  type World,
} from './world.ts';

let world: World;
let of: FixtureConversation;
let channel: Channel;

beforeEach(() => {
  world = makeWorld();
  channel = new Channel();
});

async function working(sender: Sender): Promise<Node> {
  of = await world.fixture.createConversation();
  const node = await world.node({ sender });
  node.deliveries.start();
  return node;
}

test('[SEND-4] sends nothing after a late route lookup, and withholds on a takeover', async () => {
  let isSlow = true;
  const node = await working({
    async send(job, outgoing, signal, throwIfLate) {
      if (isSlow) await new Promise<void>((resolve) => void world.time.after(2_500, resolve));
      isSlow = false;
      throwIfLate();
      return channel.send(job, outgoing, signal);
    },
  });
  const id = await replied(world, node, of, 'agent here');
  await world.time.advance(2_400);
  await done(node.runtime.dispatch(of.key, setReplies(TOM, false)));
  await world.time.advance(1_000);
  expect(channel.texts).toEqual([]);
  expect(await deliveryOf(world, of, id)).toBe('withheld');
  await done(node.runtime.dispatch(of.key, says(TOM, 'Tom here')));
  await world.time.advance(100);
  expect(channel.texts).toEqual(['Tom here']);
  expect(world.incidents).toEqual([]);
});

test('[HOLD-2] withholds a reply that a takeover overtakes before its mark', async () => {
  let isMarkedAtOnce = false;
  const { promise: marking, resolve: mark } = Promise.withResolvers<void>();
  world = makeWorld({
    seam: (moment, operation) => {
      if (moment === 'before' && operation === 'markDeliveries' && !isMarkedAtOnce) return marking;
    },
  });
  const node = await working({ send: () => Promise.resolve({ kind: 'listed' }) });
  const id = await replied(world, node, of, 'agent here');
  await world.time.advance(1_000);
  expect(await deliveryOf(world, of, id)).toBe('sending');
  await done(node.runtime.dispatch(of.key, setReplies(TOM, false)));
  await done(node.runtime.dispatch(of.key, says(TOM, 'Tom here')));
  isMarkedAtOnce = true;
  mark();
  await world.time.advance(1_000);
  expect(transcriptOf(world, of.key).slice(1)).toEqual(['agent: agent here (withheld)', 'teammate: Tom here (sent)']);
});

test('[SEND-4] [TIME-1] sends people’s messages after the database’s clock is set back', async () => {
  const node = await working(channel);
  await done(node.runtime.dispatch(of.key, says(TOM, 'one')));
  await world.time.advance(100);
  channel.last.answer(SENT);
  await world.time.advance(100);
  await world.fixture.pass(-3_600_000);
  await done(node.runtime.dispatch(of.key, says(TOM, 'two')));
  await world.time.advance(100);
  expect(channel.texts).toEqual(['one', 'two']);
  // Retries continue although the clock was set back.
  for (let answer = 0; answer < 32; answer += 1) node.clock.learn(await world.fixture.store.now());
  channel.last.answer(REFUSED_NOW);
  await world.time.advance(3_000);
  expect(channel.texts).toEqual(['one', 'two', 'two']);
});

test('sends a message after the database was slow for minutes', async () => {
  let slow = 40;
  const node = await working({
    async send(job, outgoing, signal, throwIfLate) {
      slow -= 1;
      if (slow > 0) await new Promise<void>((resolve) => void world.time.after(2_500, resolve));
      throwIfLate();
      return channel.send(job, outgoing, signal);
    },
  });
  await done(node.runtime.dispatch(of.key, says(TOM, 'hi')));
  await world.time.advance(110_000);
  expect(channel.texts).toEqual(['hi']);
});
