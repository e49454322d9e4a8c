import type { SendOutcome } from '@baton/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Sender, StoreUnavailable } from '../src/index.ts';
import type { ConversationOptions, FixtureConversation } from '@baton/store-contract/testing';
import { backoffMs } from '../src/workers/send-outcome.ts';
import { Channel, REFUSED_NOW, UNKNOWN } from './channel.ts';
import { deliveryOf, done, makeWorld, replied, says, SENT, setReplies, TOM, type Node, type World } from './world.ts';

let world: World;
let of: FixtureConversation;

beforeEach(() => {
  world = makeWorld();
});

async function working(sender: Sender, options: ConversationOptions = {}): Promise<Node> {
  of = await world.fixture.createConversation(options);
  const node = await world.node({ sender });
  node.deliveries.start();
  return node;
}

async function sent(node: Node, text: string): Promise<string> {
  const { message } = await done(node.runtime.dispatch(of.key, says(TOM, text)));
  return message?.id ?? '';
}

describe('messages that do not arrive', () => {
  it('retries with growing delays after a certain failure', async () => {
    const channel = new Channel();
    const node = await working(channel);
    const { message } = await done(node.runtime.dispatch(of.key, says(TOM, 'hi')));
    await world.time.advance(100);
    for (const pauseMs of [1_000, 2_000, 4_000]) {
      const before = channel.calls.length;
      channel.last.answer(REFUSED_NOW);
      await world.time.advance(pauseMs - 100);
      expect(await deliveryOf(world, of, message?.id ?? '')).toBe('queued');
      expect(channel.calls).toHaveLength(before);
      await world.time.advance(500);
      expect(channel.calls).toHaveLength(before + 1);
    }
    expect(new Set(channel.calls.map(({ outgoing }) => outgoing.messageId)).size).toBe(1);
    expect(channel.last.job.attempts).toBe(3);
  });

  it('[TURN-6] makes messages wait again after their reply failed', async () => {
    const node = await working({ send: () => Promise.resolve({ kind: 'failed', error: 'blocked' }) });
    const id = await replied(world, node, of, 'hi');
    await world.time.advance(500);
    expect(await deliveryOf(world, of, id)).toBe('failed');
    expect(world.fixture.store.row(of.key).view).toMatchObject({ reason: 'deliveryFailed' });
    expect(world.fixture.store.row(of.key).view.waitingSince).not.toBeNull();
  });

  it('[SEND-3] claims a retried reply again, and withholds it on a takeover', async () => {
    const channel = new Channel();
    const node = await working(channel);
    const id = await replied(world, node, of, 'hi');
    await world.time.advance(100);
    channel.last.answer(REFUSED_NOW);
    await world.time.advance(100);
    expect(await deliveryOf(world, of, id)).toBe('queued');
    expect(world.fixture.store.row(of.key).view.waitingSince).not.toBeNull();
    await done(node.runtime.dispatch(of.key, setReplies(TOM, false)));
    expect(await deliveryOf(world, of, id)).toBe('withheld');
    await world.time.advance(60_000);
    expect(channel.calls).toHaveLength(1);
  });

  it('[SEND-4] does not retry an unknown outcome on a channel without idempotent ids', async () => {
    const channel = new Channel();
    const node = await working(channel, { channelKind: 'whatsapp' });
    const { message } = await done(node.runtime.dispatch(of.key, says(TOM, 'hi')));
    await done(node.runtime.dispatch(of.key, says(TOM, 'ho')));
    await world.time.advance(100);
    channel.last.answer(UNKNOWN);
    await world.time.advance(29_000);
    expect(channel.texts).toEqual(['hi']);
    await world.time.advance(2_000);
    expect(channel.texts).toEqual(['hi', 'ho']);
    expect(await deliveryOf(world, of, message?.id ?? '')).toBe('uncertain');
  });

  it('[SEND-4] retries an unknown outcome on an idempotent channel and keeps it uncertain', async () => {
    const channel = new Channel();
    const node = await working(channel, { channelKind: 'http' });
    const id = await replied(world, node, of, 'hi');
    await world.time.advance(100);
    channel.last.answer(UNKNOWN);
    await world.time.advance(100);
    expect(await deliveryOf(world, of, id)).toBe('uncertain');
    await world.time.advance(2_000);
    expect(channel.texts).toEqual(['hi', 'hi']);
    expect(await deliveryOf(world, of, id)).toBe('sending');
    // This attempt did not arrive, but the previous one may have.
    channel.last.answer(REFUSED_NOW);
    await world.time.advance(100);
    expect(await deliveryOf(world, of, id)).toBe('uncertain');
    await world.time.advance(3_000);
    expect(channel.texts).toEqual(['hi', 'hi', 'hi']);
    channel.last.answer(SENT);
    await world.time.advance(100);
    expect(await deliveryOf(world, of, id)).toBe('sent');
    expect(world.fixture.store.row(of.key).snapshot.context.recentReplies).toHaveLength(1);
  });

  it.each(['agent', 'teammate'] as const)(
    '[SEND-4] keeps a message of the %s uncertain after a later rejection',
    async (author) => {
      const channel = new Channel();
      const node = await working(channel);
      const id = author === 'agent' ? await replied(world, node, of, 'hi') : await sent(node, 'hi');
      await world.time.advance(100);
      channel.last.answer(UNKNOWN);
      await world.time.advance(2_000);
      await done(node.runtime.dispatch(of.key, says(TOM, 'and this')));
      expect(channel.texts).toEqual(['hi', 'hi']);
      // The receiver has the message already, or no longer accepts our credentials.
      channel.last.answer({ kind: 'failed', error: 'status 409' });
      await world.time.advance(1_000);
      expect(await deliveryOf(world, of, id)).toBe('uncertain');
      expect(world.fixture.store.row(of.key).snapshot.context.raised).toBeNull();
      await world.time.advance(30_000);
      expect(channel.texts).toEqual(['hi', 'hi', 'and this']);
    },
  );

  it('[SEND-4] frees the lane within 30 s of an uncertain reply', async () => {
    const channel = new Channel();
    const node = await working(channel);
    const id = await replied(world, node, of, 'hi');
    await world.time.advance(100);
    channel.last.answer(UNKNOWN);
    await world.time.advance(100);
    await world.fixture.changeRules(of, { paused: true });
    await world.time.advance(5_000);
    await done(node.runtime.dispatch(of.key, says(TOM, 'Tom here')));
    await world.time.advance(20_000);
    expect(channel.texts).toEqual(['hi']);
    await world.time.advance(10_000);
    expect(channel.texts).toEqual(['hi', 'Tom here']);
    expect(await deliveryOf(world, of, id)).toBe('uncertain');
  });

  it('[SEND-4] [TURN-6] ignores an earlier attempt’s mark during the next attempt', async () => {
    const channel = new Channel();
    const node = await working(channel);
    const id = await replied(world, node, of, 'hi');
    await world.time.advance(100);
    const atChannel = await world.fixture.store.readMessage(of.key, id);
    expect(atChannel?.delivery).toBe('sending');
    // The report of another node comes late.
    node.runtime.delivered(of.key, [{ ...atChannel!, delivery: 'queued' }]);
    await done(node.runtime.dispatch(of.key, { type: 'wake' }));
    channel.last.answer(SENT);
    await world.time.advance(100);
    const { waiting, pending, inFlight } = world.fixture.store.row(of.key).snapshot.context;
    expect({ waiting, pending, sent: inFlight?.messageId }).toEqual({ waiting: [], pending: [], sent: id });
  });

  it('keeps the deadline when a person’s mark was missed', async () => {
    const channel = new Channel();
    const node = await working(channel);
    const { message } = await done(node.runtime.dispatch(of.key, says(TOM, 'hi')));
    await world.time.advance(100);
    const other = await world.node();
    const assign = (assigneeId: string | null) =>
      done(other.runtime.dispatch(of.key, { type: 'assign', by: TOM, assigneeId }));
    await assign(TOM.id);
    const { wakeAt } = world.fixture.store.row(of.key);
    channel.last.answer(SENT);
    await world.time.advance(100);
    expect(await deliveryOf(world, of, message?.id ?? '')).toBe('sent');
    await assign(null);
    expect(other.published.rereads).toBe(1);
    expect(world.fixture.store.row(of.key).wakeAt).toBe(wakeAt);
  });

  it('releases a lane whose claim failed while the database was away', async () => {
    const channel = new Channel();
    let isAway = false;
    world = makeWorld({
      seam: (moment, operation) => {
        if (isAway && operation === 'commit') throw new StoreUnavailable('gone');
      },
    });
    const node = await working(channel);
    await node.deliveries.stop();
    await replied(world, node, of, 'hi');
    isAway = true;
    node.deliveries.start();
    await world.time.advance(100);
    isAway = false;
    await world.time.advance(300);
    expect(channel.texts).toEqual(['hi']);
  });

  it('[SEND-4] marks a send uncertain when its channel breaks midway', async () => {
    const node = await working({ send: () => Promise.reject(new Error('a bug')) }, { channelKind: 'telegram' });
    const { message } = await done(node.runtime.dispatch(of.key, says(TOM, 'hi')));
    await world.time.advance(500);
    expect(await deliveryOf(world, of, message?.id ?? '')).toBe('uncertain');
  });

  it('gives up after a day', async () => {
    const node = await working({ send: () => Promise.resolve(REFUSED_NOW) });
    const { message } = await done(node.runtime.dispatch(of.key, says(TOM, 'hi')));
    await world.time.advance(1_000);
    await node.deliveries.stop();
    await world.time.advance(25 * 3_600_000);
    const other = await world.node({ sender: { send: () => Promise.resolve(REFUSED_NOW) } });
    other.deliveries.start();
    await world.time.advance(1_000);
    expect(await deliveryOf(world, of, message?.id ?? '')).toBe('failed');
  });

  it('[SEND-4] keeps a message uncertain when later attempts are rejected', async () => {
    let answer: SendOutcome = UNKNOWN;
    const node = await working({ send: () => Promise.resolve(answer) });
    const { message } = await done(node.runtime.dispatch(of.key, says(TOM, 'hi')));
    await world.time.advance(500);
    expect(await deliveryOf(world, of, message?.id ?? '')).toBe('uncertain');
    answer = REFUSED_NOW;
    await node.deliveries.stop();
    await world.time.advance(25 * 3_600_000);
    const other = await world.node({ sender: { send: () => Promise.resolve(answer) } });
    other.deliveries.start();
    await world.time.advance(1_000);
    expect(await deliveryOf(world, of, message?.id ?? '')).toBe('uncertain');
  });

  it('aborts a send after 20 s and marks it uncertain', async () => {
    const channel: Sender = {
      send: (_, __, signal) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () => resolve(UNKNOWN));
        }),
    };
    const node = await working(channel, { channelKind: 'telegram' });
    const { message } = await done(node.runtime.dispatch(of.key, says(TOM, 'hi')));
    await world.time.advance(19_000);
    expect(await deliveryOf(world, of, message?.id ?? '')).toBe('sending');
    await world.time.advance(1_500);
    expect(await deliveryOf(world, of, message?.id ?? '')).toBe('uncertain');
  });

  it('backs off from 1 s to 5 min with jitter, or as asked', () => {
    expect([0, 1, 2, 20].map((attempts) => backoffMs(attempts, null, () => 0.5))).toEqual([
      1_000, 2_000, 4_000, 300_000,
    ]);
    expect(backoffMs(0, null, () => 0)).toBe(800);
    expect(backoffMs(0, null, () => 1)).toBe(1_200);
    expect(backoffMs(0, 30_000, () => 0.5)).toBe(30_000);
    expect(backoffMs(0, 1e12, () => 0.5)).toBe(3_600_000);
  });
});
