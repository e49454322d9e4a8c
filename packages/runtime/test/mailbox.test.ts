import { beforeEach, describe, expect, it } from 'vitest';
import { type CommitItem, type Store, StoreUnavailable } from '../src/index.ts';
import { settled } from '@baton/store-contract/testing';
import type { FixtureConversation } from '@baton/store-contract/testing';
import {
  customerSays,
  done,
  generating,
  makeWorld,
  setReplies,
  TOM,
  transcriptOf,
  UMA,
  type Node,
  type World,
} from './world.ts';

let world: World;
let node: Node;
let of: FixtureConversation;

beforeEach(async () => {
  world = makeWorld();
  node = await world.node();
  of = await world.fixture.createConversation();
});

/** The number of commits of the conversation. */
const commits = () => world.fixture.store.row(of.key).revision;

describe('a mailbox', () => {
  it('answers with the message, its seq and the conversation as committed', async () => {
    const outcome = await done(node.runtime.dispatch(of.key, customerSays('hello')));
    expect(outcome).toMatchObject({
      duplicate: false,
      message: { seq: 1, text: 'hello', author: { kind: 'customer' }, delivery: null, revision: 1 },
      conversation: { id: of.key.conversationId, version: 1, revision: 1, state: 'agentActive', lastSeq: 1 },
    });
    expect(outcome.conversation.waitingSince).toBe(outcome.message?.createdAt);
    expect(node.published.changed).toEqual([{ conversation: outcome.conversation, messages: [outcome.message] }]);
  });

  it('[TIME-3] applies commands in order and folds them into one commit, seq gapless', async () => {
    const texts = Array.from({ length: 20 }, (_, index) => `m${index}`);
    const outcomes = await Promise.all(texts.map((text) => done(node.runtime.dispatch(of.key, customerSays(text)))));
    expect(outcomes.map(({ message }) => message?.seq)).toEqual(texts.map((_, index) => index + 1));
    expect(transcriptOf(world, of.key)).toEqual(texts.map((text) => `customer: ${text}`));
    expect(commits()).toBe(1);
    expect(await world.fixture.transitions(of.key)).toHaveLength(20);
  });

  it('ends a fold at an agent message, which the fence checks', async () => {
    const turn = await generating(world, node, of);
    const before = commits();
    const [reply, takeover] = await Promise.all([
      done(node.runtime.dispatch(of.key, { type: 'replyReady', turn, text: 'I am here' })),
      done(node.runtime.dispatch(of.key, setReplies(TOM, false))),
    ]);
    expect(commits() - before).toBe(2);
    expect(reply.message).toMatchObject({
      delivery: 'queued',
      author: { kind: 'agent', id: of.agentId, name: 'Agent' },
    });
    expect(takeover.conversation.state).toBe('agentDisabled');
    expect(transcriptOf(world, of.key)).toEqual(['customer: hello', 'agent: I am here (withheld)']);
  });

  it('[SEND-3] ends a fold at a claim, before a later takeover', async () => {
    const turn = await generating(world, node, of);
    const { message } = await done(node.runtime.dispatch(of.key, { type: 'replyReady', turn, text: 'I am here' }));
    const messageId = message?.id ?? '';
    const [claim, takeover] = await Promise.all([
      done(node.runtime.dispatch(of.key, { type: 'claimReply', turn, messageId, attempt: 1 })),
      done(node.runtime.dispatch(of.key, setReplies(TOM, false))),
    ]);
    expect(claim.message).toMatchObject({ id: messageId, delivery: 'sending' });
    expect(takeover.conversation.state).toBe('agentDisabled');
    expect(world.incidents).toEqual([]);
  });

  it('rejects commands for unknown conversations', async () => {
    const nowhere = { ...of.key, workspaceId: of.key.conversationId };
    expect(await node.runtime.dispatch(nowhere, customerSays('hello'))).toEqual({ ok: false, code: 'not_found' });
    await settled();
    expect(node.runtime.actors).toBe(0);
  });

  it('answers unavailable beyond its queue limit', async () => {
    const small = await world.node({ limits: { maxQueuedPerConversation: 3, commandsPerCommit: 1 } });
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, () => small.runtime.dispatch(of.key, customerSays('x'))),
    );
    const taken = outcomes.filter(({ ok }) => ok).length;
    expect(taken).toBeGreaterThanOrEqual(3);
    expect(taken).toBeLessThan(10);
    expect(outcomes.filter((it) => !it.ok).every((it) => !it.ok && it.code === 'unavailable')).toBe(true);
    expect(transcriptOf(world, of.key)).toHaveLength(taken);
  });

  it('answers unavailable beyond the limit for all conversations, until there is room', async () => {
    const small = await world.node({ limits: { maxQueuedCommands: 4 } });
    const many = [];
    for (let index = 0; index < 6; index += 1) many.push(await world.fixture.createConversation({ beside: of }));
    const outcomes = await Promise.all(many.map(({ key }) => small.runtime.dispatch(key, customerSays('one'))));
    expect(outcomes.map((it) => it.ok || it.code)).toEqual([true, true, true, true, 'unavailable', 'unavailable']);
    expect(many.map(({ key }) => transcriptOf(world, key).length)).toEqual([1, 1, 1, 1, 0, 0]);
    const again = await Promise.all(many.slice(4).map(({ key }) => small.runtime.dispatch(key, customerSays('two'))));
    expect(again.every(({ ok }) => ok)).toBe(true);
  });

  it('keeps its limit when the database fails between the answers of a fold', async () => {
    const known = customerSays('known', { externalId: 'p-1' });
    await done(node.runtime.dispatch(of.key, known));
    let isAway = false;
    const { store } = world.fixture;
    const flapping = new Proxy<Store>(store, {
      get(target, name: keyof Store) {
        if (name !== 'commit') return target[name].bind(target);
        return async (items: CommitItem[]) => {
          if (isAway) throw new StoreUnavailable('gone');
          const result = await store.commit(items);
          isAway = result.verdicts.some(({ kind }) => kind === 'duplicate');
          return result;
        };
      },
    });
    const small = await world.node({ store: flapping, limits: { maxQueuedCommands: 2 } });
    const outcomes = await Promise.all([known, customerSays('new')].map((it) => small.runtime.dispatch(of.key, it)));
    expect(outcomes).toMatchObject([{ ok: true, duplicate: true }, { code: 'unavailable' }]);
    isAway = false;
    const more = await Promise.all(['a', 'b', 'c'].map((it) => small.runtime.dispatch(of.key, customerSays(it))));
    expect(more.map((it) => it.ok || it.code)).toEqual([true, true, 'unavailable']);
  });

  it('evicts actors beyond the limit without losing state', async () => {
    const small = await world.node({ limits: { maxActors: 3 } });
    const many = [];
    for (let index = 0; index < 10; index += 1) many.push(await world.fixture.createConversation({ beside: of }));
    for (const each of many) await done(small.runtime.dispatch(each.key, customerSays('one')));
    expect(small.runtime.actors).toBeLessThanOrEqual(3);
    for (const each of many) {
      const { conversation } = await done(small.runtime.dispatch(each.key, customerSays('two')));
      expect(conversation.lastSeq).toBe(2);
    }
  });

  it('rejects new commands and finishes queued ones when it stops', async () => {
    const taken = Array.from({ length: 5 }, () => node.runtime.dispatch(of.key, customerSays('x')));
    await node.runtime.stop();
    expect((await Promise.all(taken)).every(({ ok }) => ok)).toBe(true);
    expect(await node.runtime.dispatch(of.key, customerSays('late'))).toEqual({ ok: false, code: 'unavailable' });
  });

  it('[HOLD-17] creates an actor from any first event', async () => {
    const { conversation } = await done(node.runtime.dispatch(of.key, setReplies(TOM, false)));
    expect(conversation).toMatchObject({ state: 'agentDisabled', lastSeq: 0, lastMessage: null, version: 1 });
  });

  it('adds no event when nothing changes', async () => {
    await done(node.runtime.dispatch(of.key, setReplies(TOM, true)));
    await done(node.runtime.dispatch(of.key, setReplies(TOM, false)));
    await done(node.runtime.dispatch(of.key, setReplies(UMA, false)));
    await done(node.runtime.dispatch(of.key, { type: 'reopen', by: TOM }));
    await done(node.runtime.dispatch(of.key, { type: 'assign', by: TOM, assigneeId: null }));
    expect(await world.fixture.transitions(of.key)).toHaveLength(1);
  });

  it('[HOLD-10] switches replies off and assigns in one commit on Take over', async () => {
    const takeOver = { ...setReplies(TOM, false), assign: true };
    const { conversation } = await done(node.runtime.dispatch(of.key, takeOver));
    expect(conversation).toMatchObject({ state: 'agentDisabled', assigneeId: TOM.id, version: 2, revision: 1 });
  });
});
