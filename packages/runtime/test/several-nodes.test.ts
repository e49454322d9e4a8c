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

test('[SEE-6] rereads the conversation, and tells clients to, after missing a mark', async () => {
  await done(b.runtime.dispatch(of.key, says(TOM, 'hello')));
  a.startWorkers();
  await world.time.advance(1_000);
  expect(a.published.delivered.map(({ delivery }) => delivery)).toContain('sent');
  await done(b.runtime.dispatch(of.key, setReplies(UMA, false)));
  expect(b.published.rereads).toBe(1);
  const { conversation } = await done(b.runtime.dispatch(of.key, setReplies(UMA, true)));
  expect(conversation.lastMessage).toMatchObject({ text: 'hello', delivery: 'sent' });
  expect(b.published.rereads).toBe(1);
});

test('[SEE-6] rereads nothing after hearing of the mark', async () => {
  await done(b.runtime.dispatch(of.key, says(TOM, 'hello')));
  b.startWorkers();
  await world.time.advance(1_000);
  await done(b.runtime.dispatch(of.key, setReplies(UMA, false)));
  expect(b.published.rereads).toBe(0);
});

test('[TURN-3] signals an invalidated reply to other nodes on a takeover', async () => {
  const turn = await generating(world, a, of);
  const gone: number[] = [];
  const aborted: number[] = [];
  b.signals.subscribe({ replyInvalidated: (_, over) => gone.push(over), abortReply: (_, over) => aborted.push(over) });
  await done(b.runtime.dispatch(of.key, setReplies(TOM, false)));
  expect([gone, aborted]).toEqual([[turn], [turn]]);
  // A report from another node is not repeated.
  b.signals.abortReply(of.key, turn);
  expect([gone, aborted]).toEqual([[turn], [turn, turn]]);
});

test('[HOLD-4] ends a writer’s lease of another node, and no other writer’s', async () => {
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

test('[HOLD-4] starts a new lease after another node ended the old one', async () => {
  await a.typing.typing(of.key, TOM, 'key-of-tom');
  await done(b.typing.stoppedAnywhere(of.key, TOM, 'key-of-tom'));
  expect(stateOf(world, of)).toBe('agentActive');
  await a.typing.typing(of.key, TOM, 'key-of-tom');
  expect(stateOf(world, of)).toBe('humanActive');
});

describe('an actor after another node reports a commit', () => {
  let asked: string[];
  beforeEach(async () => {
    asked = [];
    world = makeWorld({ seam: (moment, operation) => void (moment === 'before' && asked.push(operation)) });
    of = await world.fixture.createConversation();
    [a, b] = [await world.node(), await world.node()];
  });

  /** The store calls of the next command. */
  async function next(node: Node): Promise<string[]> {
    asked.length = 0;
    await done(node.runtime.dispatch(of.key, customerSays('and then?')));
    return asked;
  }

  test('drops an older actor, so that the next command loads first', async () => {
    await done(a.runtime.dispatch(of.key, customerSays('one')));
    const { conversation } = await done(b.runtime.dispatch(of.key, customerSays('two')));
    a.runtime.changedElsewhere(of.key, conversation.version);
    expect(a.runtime.actors).toBe(0);
    expect(await next(a)).toEqual(['load', 'commit']);
  });

  test('reloads after one conflict when nothing was reported', async () => {
    await done(a.runtime.dispatch(of.key, customerSays('one')));
    await done(b.runtime.dispatch(of.key, customerSays('two')));
    expect(await next(a)).toEqual(['commit', 'load', 'commit']);
  });

  test('keeps an actor that is as new as the report', async () => {
    const first = await done(a.runtime.dispatch(of.key, customerSays('one')));
    await done(a.runtime.dispatch(of.key, customerSays('two')));
    a.runtime.changedElsewhere(of.key, first.conversation.version);
    expect(await next(a)).toEqual(['commit']);
  });

  test('keeps a busy actor, which finds out by its conflict', async () => {
    await done(a.runtime.dispatch(of.key, customerSays('one')));
    const { conversation } = await done(b.runtime.dispatch(of.key, customerSays('two')));
    const [working, after] = [next(a), a.runtime.dispatch(of.key, customerSays('behind it'))];
    a.runtime.changedElsewhere(of.key, conversation.version);
    await done(after);
    expect((await working).slice(0, 3)).toEqual(['commit', 'load', 'commit']);
    expect(world.incidents).toEqual([]);
  });
});
