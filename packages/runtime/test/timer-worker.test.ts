import { beforeEach, describe, expect, it } from 'vitest';
import type { FixtureConversation } from '@baton/store-contract/testing';
import { customerSays, done, makeWorld, type Node, says, stateOf, TOM, type World } from './world.ts';

let world: World;
let node: Node;
let of: FixtureConversation;

beforeEach(async () => {
  world = makeWorld();
  node = await world.node();
  of = await world.fixture.createConversation();
});

const events = async () => (await world.fixture.transitions(of.key)).map(({ event }) => event.type);

describe('the timer worker', () => {
  it('[HOLD-8] ends a window on time by its own hint, before the next poll', async () => {
    node.timers.start();
    await done(node.runtime.dispatch(of.key, says(TOM, 'hi')));
    await world.time.advance(29_990);
    expect(stateOf(world, of)).toBe('humanPriorityWindow');
    await world.time.advance(25);
    expect(stateOf(world, of)).toBe('agentActive');
    await node.timers.stop();
  });

  it('[TIME-1] fires a deadline once, on any node that is up, even late', async () => {
    await done(node.runtime.dispatch(of.key, says(TOM, 'hi')));
    await world.time.advance(3_600_000);
    const others = [await world.node(), await world.node()];
    for (const other of others) other.timers.start();
    await world.time.advance(5_000);
    expect(await events()).toEqual(['human.message', 'deadline.passed']);
    expect(stateOf(world, of)).toBe('agentActive');
    for (const other of others) await other.timers.stop();
  });

  it('[HOLD-4] postpones the wake of a renewed lease without an event', async () => {
    node.timers.start();
    await node.typing.typing(of.key, TOM, 'socket-1');
    for (let beat = 0; beat < 9; beat += 1) {
      await world.time.advance(2_500);
      await node.typing.typing(of.key, TOM, 'socket-1');
    }
    expect(await events()).toEqual(['human.typing']);
    expect(stateOf(world, of)).toBe('humanActive');
    await world.time.advance(7_900);
    expect(stateOf(world, of)).toBe('humanActive');
    await world.time.advance(400);
    expect(stateOf(world, of)).toBe('agentActive');
    expect(await events()).toEqual(['human.typing', 'deadline.passed']);
    await node.timers.stop();
  });

  it('[HOLD-12] applies changed rules to a running window without another event', async () => {
    node.timers.start();
    await done(node.runtime.dispatch(of.key, says(TOM, 'hi')));
    await world.time.advance(10_000);
    await world.fixture.changeRules(of, { humanPriorityWindowSeconds: 5 });
    await world.time.advance(300);
    expect(stateOf(world, of)).toBe('agentActive');
    await node.timers.stop();
  });

  it('[TIME-1] wakes thousands that are due at once without waiting for the next poll', async () => {
    const many = await Promise.all(Array.from({ length: 700 }, () => world.fixture.createConversation({ beside: of })));
    await Promise.all(many.map(({ key }) => node.runtime.dispatch(key, says(TOM, 'hi'))));
    await world.time.advance(30_000);
    node.timers.start();
    await world.time.advance(100);
    expect(many.filter((it) => stateOf(world, it) !== 'agentActive')).toEqual([]);
    await node.timers.stop();
  });

  it('repeats a wake that failed while the database was away', async () => {
    let isAway = false;
    const seamed = makeWorld({
      seam: (moment, operation) => {
        if (isAway && moment === 'before' && operation === 'commit') throw new Error('gone');
      },
    });
    const { fixture, time } = seamed;
    const other = await fixture.createConversation();
    const its = await seamed.node();
    await done(its.runtime.dispatch(other.key, customerSays('hi')));
    isAway = true;
    expect((await fixture.store.claimDue(10)).length).toBe(0);
    isAway = false;
    await time.advance(2_000);
    expect(await fixture.store.claimDue(10)).toHaveLength(1);
    its.timers.start();
    await time.advance(6_000);
    expect(stateOf(seamed, other)).toBe('agentActive');
    expect(fixture.store.row(other.key).view.generation).not.toBeNull();
    await its.timers.stop();
  });
});
