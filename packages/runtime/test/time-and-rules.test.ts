import { initialSnapshot, loadSnapshot, type Snapshot, step } from '@baton/conversation';
import { beforeEach, describe, expect, it } from 'vitest';
import type { FixtureConversation } from '@baton/store-contract/testing';
import { customerSays, done, generating, makeWorld, says, TOM, type Node, type World } from './world.ts';

let world: World;
let node: Node;
let of: FixtureConversation;

beforeEach(async () => {
  world = makeWorld();
  node = await world.node();
  of = await world.fixture.createConversation();
});

const FIRST_RULES = { humanPriorityWindowSeconds: 30, version: 1 };

describe('rules', () => {
  it('[HOLD-12] applies changed rules as an event before the command', async () => {
    await done(node.runtime.dispatch(of.key, says(TOM, 'hi')));
    await world.fixture.changeRules(of, { humanPriorityWindowSeconds: 5 });
    const { conversation } = await done(node.runtime.dispatch(of.key, customerSays('yes?')));
    expect(Date.parse(conversation.resumesAt ?? '')).toBe(world.time.now + 5_000);
    const events = (await world.fixture.transitions(of.key)).map(({ event }) => event.type);
    expect(events).toEqual(['human.message', 'rules.changed', 'customer.message']);
  });
});

describe('time', () => {
  it('[TIME-1] applies due deadlines before the command', async () => {
    await done(node.runtime.dispatch(of.key, says(TOM, 'hi')));
    await world.time.advance(31_000);
    const { conversation } = await done(node.runtime.dispatch(of.key, customerSays('hello?')));
    expect(conversation.state).toBe('agentActive');
    const events = (await world.fixture.transitions(of.key)).map(({ event }) => event.type);
    expect(events).toEqual(['human.message', 'deadline.passed', 'customer.message']);
  });

  it('[TIME-1] never dates an event before the previous one, on any node', async () => {
    await done(node.runtime.dispatch(of.key, customerSays('one')));
    world.time.now -= 60_000;
    const other = await world.node();
    await done(other.runtime.dispatch(of.key, customerSays('two')));
    await done(node.runtime.dispatch(of.key, customerSays('three')));
    const times = (await world.fixture.transitions(of.key)).map(({ at }) => at);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  it('[TIME-3] rebuilds the stored snapshot from the event log', async () => {
    const { dispatch } = {
      dispatch: (...args: Parameters<typeof node.runtime.dispatch>) => node.runtime.dispatch(...args),
    };
    const turn = await generating(world, node, of);
    await dispatch(of.key, { type: 'replyReady', turn, text: 'hi' });
    await node.typing.typing(of.key, TOM, 'socket-1');
    await world.time.advance(4_000);
    await node.typing.typing(of.key, TOM, 'socket-1');
    await world.time.advance(5_000);
    await world.fixture.changeRules(of, { humanPriorityWindowSeconds: 7 });
    await dispatch(of.key, customerSays('and?'));
    await dispatch(of.key, says(TOM, 'here'));
    await world.time.advance(20_000);
    await dispatch(of.key, { type: 'wake' });
    await dispatch(of.key, { type: 'close', by: TOM });

    const row = world.fixture.store.row(of.key);
    const start = initialSnapshot({ agentId: of.agentId, rules: { ...row.snapshot.context.rules, ...FIRST_RULES } });
    const replayed = row.transitions.reduce<Snapshot>((snapshot, { event }) => step(snapshot, event).after, start);
    expect(replayed).toEqual(loadSnapshot(row.snapshot));
    expect(row.transitions.map(({ version }) => version)).toEqual(row.transitions.map((_, index) => index + 1));
    expect(row.messages.map(({ message }) => message.seq)).toEqual(row.messages.map((_, index) => index + 1));
  });
});
