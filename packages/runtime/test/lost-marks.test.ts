import type { SendOutcome } from '@baton/protocol';
import { beforeEach, describe, expect, test } from 'vitest';
import { deliveryMark } from '@baton/store-contract/testing';
import type { FixtureConversation } from '@baton/store-contract/testing';
import { Channel, REFUSED_NOW } from './channel.ts';
import { deliveryOf, done, makeWorld, type Node, replied, SENT, setReplies, TOM, type World } from './world.ts';

describe('[TURN-6] learns the reply’s outcome although the sender dies after the mark:', () => {
  let world: World;
  let of: FixtureConversation;
  let isDying: boolean;
  let channel: Channel;
  let earlier: string;
  let id: string;

  beforeEach(async () => {
    isDying = true;
    world = makeWorld({
      seam: (moment, operation) => {
        if (isDying && moment === 'after' && operation === 'markDeliveries') throw new Error('the process dies here');
      },
    });
    of = await world.fixture.createConversation();
    channel = new Channel();
    const node = await world.node({ sender: channel });
    node.deliveries.start();
    earlier = await replied(world, node, of, 'welcome');
    await world.time.advance(100);
    isDying = false;
    channel.last.answer(SENT);
    await world.time.advance(100);
    isDying = true;
    id = await replied(world, node, of, 'hi');
    await world.time.advance(100);
    expect(isWaiting()).toBe(false);
  });

  async function diesAfter(outcome: SendOutcome): Promise<void> {
    channel.last.answer(outcome);
    await world.time.advance(1);
    isDying = false;
  }

  async function othersLook(): Promise<Node> {
    const other = await world.node();
    other.timers.start();
    await world.time.advance(300);
    return other;
  }

  /** A node with an old copy of the conversation in memory. */
  async function unsuspecting(): Promise<Node> {
    const other = await world.node();
    await done(other.runtime.dispatch(of.key, { type: 'assign', by: TOM, assigneeId: TOM.id }));
    return other;
  }

  const takesOver = async (at: Node) => {
    await done(at.runtime.dispatch(of.key, setReplies(TOM, false)));
    await world.time.advance(1);
  };

  const isWaiting = () => world.fixture.store.row(of.key).view.waitingSince !== null;

  test('failed', async () => {
    await diesAfter({ kind: 'failed', error: 'blocked' });
    await othersLook();
    expect([await deliveryOf(world, of, id), isWaiting()]).toEqual(['failed', true]);
    expect(world.fixture.store.row(of.key).view.reason).toBe('deliveryFailed');
  });

  test('queued again', async () => {
    await diesAfter(REFUSED_NOW);
    await othersLook();
    expect([await deliveryOf(world, of, id), isWaiting()]).toEqual(['queued', true]);
  });

  test('withheld after a takeover', async () => {
    await takesOver(await world.node());
    await diesAfter(REFUSED_NOW);
    await othersLook();
    expect([await deliveryOf(world, of, id), isWaiting()]).toEqual(['withheld', true]);
  });

  test('withheld by a takeover before the wake', async () => {
    await diesAfter(REFUSED_NOW);
    await takesOver(await world.node());
    expect([await deliveryOf(world, of, id), isWaiting()]).toEqual(['withheld', true]);
  });

  test('withheld by a takeover on a node that missed the mark', async () => {
    const other = await unsuspecting();
    await diesAfter(REFUSED_NOW);
    await takesOver(other);
    await othersLook();
    expect([await deliveryOf(world, of, id), isWaiting()]).toEqual(['withheld', true]);
  });

  test('queued again, with a commit that missed the mark', async () => {
    const other = await unsuspecting();
    await diesAfter(REFUSED_NOW);
    await done(other.runtime.dispatch(of.key, { type: 'assign', by: TOM, assigneeId: null }));
    await othersLook();
    expect([await deliveryOf(world, of, id), isWaiting()]).toEqual(['queued', true]);
  });

  test('queued again, on a node that heard only a later mark', async () => {
    const other = await unsuspecting();
    await diesAfter(REFUSED_NOW);
    const [receipt = null] = await world.fixture.store.markDeliveries([
      deliveryMark(of, earlier, { delivery: 'delivered' }),
    ]);
    if (receipt) other.runtime.delivered(of.key, [receipt]);
    await done(other.runtime.dispatch(of.key, { type: 'assign', by: TOM, assigneeId: null }));
    await othersLook();
    expect([await deliveryOf(world, of, id), isWaiting()]).toEqual(['queued', true]);
  });

  test('followed by a claim of the next reply on a node that missed it', async () => {
    const other = await world.node();
    const next = await replied(world, other, of, 'and so on');
    await diesAfter({ kind: 'failed', error: 'blocked' });
    other.deliveries.start();
    await othersLook();
    expect([await deliveryOf(world, of, id), await deliveryOf(world, of, next)]).toEqual(['failed', 'sent']);
    const { waiting } = world.fixture.store.row(of.key).snapshot.context;
    expect(waiting.map(({ seq }) => seq)).toEqual([3]);
  });
});
