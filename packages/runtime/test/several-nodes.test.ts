import { beforeEach, describe, expect, test } from 'vitest';
import type { FixtureConversation } from '@baton/store-contract/testing';
import {
  customerSays,
  done,
  generating,
  makeWorld,
  type Node,
  says,
  setReplies,
  stateOf,
  TOM,
  UMA,
  type World,
} from './world.ts';

let world: World;
let of: FixtureConversation;
let a: Node;
let b: Node;
beforeEach(async () => {
  world = makeWorld();
  of = await world.fixture.createConversation();
  [a, b] = [await world.node(), await world.node()];
});

test('[SEE-6] a node that has not heard how a message went tells it to be read again, and reads it again itself', async () => {
  await done(b.runtime.dispatch(of.key, says(TOM, 'hello')));
  a.startWorkers();
  await world.time.advance(1_000);
  expect(a.told.delivered.map(({ delivery }) => delivery)).toContain('sent');
  await done(b.runtime.dispatch(of.key, setReplies(UMA, false)));
  expect(b.told.doubts).toBe(1);
  const { conversation } = await done(b.runtime.dispatch(of.key, setReplies(UMA, true)));
  expect(conversation.lastMessage).toMatchObject({ text: 'hello', delivery: 'sent' });
  expect(b.told.doubts).toBe(1);
});

test('[SEE-6] a node that has heard it has nothing to read again', async () => {
  await done(b.runtime.dispatch(of.key, says(TOM, 'hello')));
  b.startWorkers();
  await world.time.advance(1_000);
  await done(b.runtime.dispatch(of.key, setReplies(UMA, false)));
  expect(b.told.doubts).toBe(0);
});

test('[TURN-3] a takeover says that the ground of the generation is gone, for other nodes to hear', async () => {
  const turn = await generating(world, a, of);
  const gone: number[] = [];
  const aborted: number[] = [];
  b.signals.subscribe({ replyInvalidated: (_, over) => gone.push(over), abortReply: (_, over) => aborted.push(over) });
  await done(b.runtime.dispatch(of.key, setReplies(TOM, false)));
  expect([gone, aborted]).toEqual([[turn], [turn]]);
  // Heard of another node, it is not said again.
  b.signals.abortReply(of.key, turn);
  expect([gone, aborted]).toEqual([[turn], [turn, turn]]);
});

test('[HOLD-4] what a writer began on one node, a request to another ends; nobody else is ended by it', async () => {
  await done(a.runtime.dispatch(of.key, customerSays('hi')));
  await a.typing.typing(of.key, TOM, 'key-of-tom');
  await b.typing.typing(of.key, UMA, 'key-of-uma');
  await b.typing.typing(of.key, TOM, 'key-of-tom');
  expect(stateOf(world, of)).toBe('humanActive');
  await done(b.typing.stoppedAnywhere(of.key, TOM, 'key-of-tom'));
  expect(stateOf(world, of)).toBe('humanActive');
  await done(a.typing.stoppedAnywhere(of.key, UMA, 'key-of-uma'));
  expect(stateOf(world, of)).toBe('agentActive');
});

test('[HOLD-4] a lease that another node has ended is not renewed: whoever still writes gets a new one', async () => {
  await a.typing.typing(of.key, TOM, 'key-of-tom');
  await done(b.typing.stoppedAnywhere(of.key, TOM, 'key-of-tom'));
  expect(stateOf(world, of)).toBe('agentActive');
  await a.typing.typing(of.key, TOM, 'key-of-tom');
  expect(stateOf(world, of)).toBe('humanActive');
});

describe('an actor of which another node is told to have committed', () => {
  let asked: string[];
  beforeEach(async () => {
    asked = [];
    world = makeWorld({ seam: (moment, operation) => void (moment === 'before' && asked.push(operation)) });
    of = await world.fixture.createConversation();
    [a, b] = [await world.node(), await world.node()];
  });

  /** What it asks of the store for the next command. */
  async function next(node: Node): Promise<string[]> {
    asked.length = 0;
    await done(node.runtime.dispatch(of.key, customerSays('and then?')));
    return asked;
  }

  test('is forgotten when it is older: the next command reads first, instead of losing a commit', async () => {
    await done(a.runtime.dispatch(of.key, customerSays('one')));
    const { conversation } = await done(b.runtime.dispatch(of.key, customerSays('two')));
    a.runtime.changedElsewhere(of.key, conversation.version);
    expect(a.runtime.actors).toBe(0);
    expect(await next(a)).toEqual(['load', 'commit']);
  });

  test('commits no less where that is not told: the store refuses it once, and it reads', async () => {
    await done(a.runtime.dispatch(of.key, customerSays('one')));
    await done(b.runtime.dispatch(of.key, customerSays('two')));
    expect(await next(a)).toEqual(['commit', 'load', 'commit']);
  });

  test('stays when it is as new, for the word came late', async () => {
    const first = await done(a.runtime.dispatch(of.key, customerSays('one')));
    await done(a.runtime.dispatch(of.key, customerSays('two')));
    a.runtime.changedElsewhere(of.key, first.conversation.version);
    expect(await next(a)).toEqual(['commit']);
  });

  test('stays while it is at work, and finds out by itself', async () => {
    await done(a.runtime.dispatch(of.key, customerSays('one')));
    const { conversation } = await done(b.runtime.dispatch(of.key, customerSays('two')));
    const [working, after] = [next(a), a.runtime.dispatch(of.key, customerSays('behind it'))];
    a.runtime.changedElsewhere(of.key, conversation.version);
    await done(after);
    expect((await working).slice(0, 3)).toEqual(['commit', 'load', 'commit']);
    expect(world.incidents).toEqual([]);
  });
});
