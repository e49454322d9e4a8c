import { beforeEach, describe, expect, it } from 'vitest';
import { type CommitItem, type CommitResult, type Store, StoreUnavailable } from '../src/index.ts';
import { deliveryMark } from '@baton/store-contract/testing';
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
  transcriptOf,
  UMA,
  type World,
} from './world.ts';

let world: World;
let of: FixtureConversation;

beforeEach(async () => {
  world = makeWorld();
  of = await world.fixture.createConversation();
});

/** A node whose commits go through `commit` first. */
async function nodeWith(
  commit: (items: CommitItem[], next: (items: CommitItem[]) => Promise<CommitResult>) => Promise<CommitResult>,
  change: Partial<Store> = {},
): Promise<Node> {
  const { store } = world.fixture;
  const wrapped = new Proxy<Store>(store, {
    get(target, name: keyof Store) {
      if (name === 'commit') return (items: CommitItem[]) => commit(items, (given) => store.commit(given));
      return change[name] ?? target[name].bind(target);
    },
  });
  return world.node({ store: wrapped });
}

describe('verdicts', () => {
  it('retries a busy row soon, without a hot loop', async () => {
    let tries = 0;
    const node = await nodeWith(async (items, next) => {
      tries += 1;
      if (tries <= 10) return { verdicts: items.map(() => ({ kind: 'busy' })), now: world.time.now };
      return next(items);
    });
    const outcome = node.runtime.dispatch(of.key, customerSays('hi'));
    await world.time.advance(2);
    expect(tries).toBeLessThan(6);
    await world.time.advance(500);
    expect(await outcome).toMatchObject({ ok: true, message: { seq: 1 } });
    expect(tries).toBe(11);
  });

  it('gives up as unavailable when a row stays busy for long', async () => {
    const node = await nodeWith((items) =>
      Promise.resolve({ verdicts: items.map(() => ({ kind: 'busy' })), now: world.time.now }),
    );
    const outcome = node.runtime.dispatch(of.key, customerSays('hi'));
    await world.time.advance(20_000);
    expect(await outcome).toMatchObject({ ok: false, code: 'unavailable' });
    expect(world.incidents).toHaveLength(1);
  });

  it('reloads and reapplies once after a conflict', async () => {
    const [a, b] = [await world.node(), await world.node()];
    await done(a.runtime.dispatch(of.key, customerSays('one')));
    await done(b.runtime.dispatch(of.key, customerSays('two')));
    const { message } = await done(a.runtime.dispatch(of.key, customerSays('three')));
    expect(message?.seq).toBe(3);
    expect(transcriptOf(world, of.key)).toEqual(['customer: one', 'customer: two', 'customer: three']);
  });

  it('[SEND-4] rejects a stale claim at once and commits the commands beside it', async () => {
    let commits = 0;
    const node = await nodeWith((items, next) => {
      commits += 1;
      return next(items);
    });
    const turn = await generating(world, node, of);
    const reply = await done(node.runtime.dispatch(of.key, { type: 'replyReady', turn, text: 'hi' }));
    const claim = { type: 'claimReply', turn, messageId: reply.message?.id ?? '', attempt: 1 } as const;
    await done(node.runtime.dispatch(of.key, claim));
    const uncertain = deliveryMark(of, claim.messageId, { delivery: 'uncertain', attempt: 1 });
    await world.fixture.store.markDeliveries([uncertain]);
    commits = 0;
    const outcomes = await Promise.all(
      [customerSays('one'), customerSays('two'), claim, customerSays('three')].map((command) =>
        node.runtime.dispatch(of.key, command),
      ),
    );
    expect(outcomes.map((it) => it.ok || it.code)).toEqual([true, true, 'stale_reply', true]);
    expect(transcriptOf(world, of.key).slice(-3)).toEqual(['one', 'two', 'three'].map((text) => `customer: ${text}`));
    expect(commits).toBeLessThan(5);
    expect(world.incidents).toEqual([]);
    expect(await done(node.runtime.dispatch(of.key, { ...claim, attempt: 2 }))).toMatchObject({
      message: { id: claim.messageId, delivery: 'sending' },
    });
  });

  it('reports a commit that the fence rejects, and quarantines the conversation', async () => {
    const node = await nodeWith((items) =>
      Promise.resolve({ verdicts: items.map(() => ({ kind: 'rejected', detail: 'no' })), now: world.time.now }),
    );
    const outcome = await node.runtime.dispatch(of.key, customerSays('hi'));
    expect(outcome).toMatchObject({ ok: false, code: 'quarantined' });
    expect(world.incidents).toMatchObject([{ key: of.key }]);
    expect(await node.runtime.dispatch(of.key, customerSays('again'))).toMatchObject({ code: 'quarantined' });
    expect(await (await world.node()).runtime.dispatch(of.key, says(TOM, 'x'))).toMatchObject({ code: 'quarantined' });
  });
});

describe('poison', () => {
  it('splits a failing batch and quarantines only the failing conversation', async () => {
    const batches: number[] = [];
    const node = await nodeWith((items, next) => {
      batches.push(items.length);
      if (items.some(({ messages }) => messages.some(({ text }) => text === 'poison'))) throw new Error('choked');
      return next(items);
    });
    const others = await Promise.all(Array.from({ length: 30 }, () => world.fixture.createConversation()));
    const outcomes = await Promise.all([
      node.runtime.dispatch(of.key, customerSays('poison')),
      ...others.map((other) => node.runtime.dispatch(other.key, customerSays('fine'))),
    ]);
    expect(outcomes[0]).toMatchObject({ ok: false, code: 'quarantined' });
    expect(outcomes.slice(1).every(({ ok }) => ok)).toBe(true);
    expect(Math.max(...batches)).toBe(31);
    expect((await world.fixture.store.load([of.key]))[0]?.quarantined).toBe(true);
  });

  it('commits the commands before the failing one in the same fold', async () => {
    const node = await nodeWith((items, next) => {
      if (items.some(({ messages }) => messages.some(({ text }) => text === 'poison'))) throw new Error('choked');
      return next(items);
    });
    const outcomes = await Promise.all(
      ['one', 'two', 'poison', 'three'].map((text) => node.runtime.dispatch(of.key, customerSays(text))),
    );
    expect(outcomes.map((it) => it.ok || it.code)).toEqual([true, true, 'quarantined', 'quarantined']);
    expect(transcriptOf(world, of.key)).toEqual(['customer: one', 'customer: two']);
  });

  it('quarantines nothing after an error that does not recur', async () => {
    let isFirst = true;
    const node = await nodeWith((items, next) => {
      if (!isFirst) return next(items);
      isFirst = false;
      throw new Error('a hiccup');
    });
    await done(node.runtime.dispatch(of.key, customerSays('hi')));
  });

  it('[TIME-4] leaves snapshots of a newer version to newer nodes', async () => {
    const node = await world.node();
    await done(node.runtime.dispatch(of.key, customerSays('hi')));
    const row = world.fixture.store.row(of.key);
    const { snapshot } = row;
    row.snapshot = { ...snapshot, schemaVersion: snapshot.schemaVersion + 1 };
    const old = await world.node();
    old.startWorkers();
    expect(await old.runtime.dispatch(of.key, customerSays('still there?'))).toEqual({
      ok: false,
      code: 'unavailable',
    });
    await world.time.advance(30_000);
    expect(row.quarantined).toBeNull();
    expect(new Set(world.incidents.map(({ what }) => what))).toEqual(
      new Set(['a newer version of Baton has written this conversation']),
    );
    row.snapshot = snapshot;
    await done(old.runtime.dispatch(of.key, customerSays('hello?')));
  });

  it('[TIME-4] reports a damaged snapshot and quarantines its conversation', async () => {
    const row = world.fixture.store.row(of.key);
    row.snapshot = { ...row.snapshot, schemaVersion: 0 };
    const node = await world.node();
    expect(await node.runtime.dispatch(of.key, customerSays('hi'))).toMatchObject({ ok: false, code: 'quarantined' });
    expect(row.quarantined).toContain('schema version 0');
    expect(row.messages).toEqual([]);
  });
});

describe('a database that is away', () => {
  it('[TIME-2] acknowledges only committed commands, and resumes after the outage', async () => {
    let isAway = true;
    const node = await nodeWith((items, next) => {
      if (isAway) throw new StoreUnavailable('gone');
      return next(items);
    });
    const others = await Promise.all(Array.from({ length: 3 }, () => world.fixture.createConversation()));
    const outcomes = await Promise.all(others.map(({ key }) => node.runtime.dispatch(key, customerSays('hi'))));
    expect(outcomes).toEqual(others.map(() => ({ ok: false, code: 'unavailable' })));
    expect(world.incidents).toEqual([]);
    isAway = false;
    for (const { key } of others) await done(node.runtime.dispatch(key, customerSays('hi')));
  });

  it('[SEND-6] stores one message when a commit’s answer is lost and retried', async () => {
    let isLost = true;
    const node = await nodeWith(async (items, next) => {
      const result = await next(items);
      if (!isLost) return result;
      isLost = false;
      throw new StoreUnavailable('the answer is lost');
    });
    const command = says(TOM, 'hi', { clientMessageId: 'c-1' });
    expect(await node.runtime.dispatch(of.key, command)).toMatchObject({ ok: false, code: 'unavailable' });
    const again = await done(node.runtime.dispatch(of.key, command));
    expect(again).toMatchObject({ duplicate: true, message: { seq: 1 }, conversation: { version: 1 } });
    expect(transcriptOf(world, of.key)).toEqual(['teammate: hi (queued)']);
  });

  it('quarantines nothing after a failed read', async () => {
    const node = await nodeWith((items, next) => next(items), {
      load: () => Promise.reject(new Error('a bug in a query')),
    });
    expect(await node.runtime.dispatch(of.key, customerSays('hi'))).toEqual({ ok: false, code: 'unavailable' });
    expect(world.incidents).toHaveLength(1);
    expect(world.fixture.store.row(of.key).quarantined).toBeNull();
  });
});

describe('two nodes', () => {
  it('[TIME-2] lose no command when they race over one conversation', async () => {
    const nodes = [await world.node(), await world.node(), await world.node()];
    const sends = nodes.flatMap((node, index) =>
      Array.from({ length: 50 }, (_, count) => node.runtime.dispatch(of.key, customerSays(`${index}/${count}`))),
    );
    await world.time.advance(10_000);
    const seqs = (await Promise.all(sends.map(done))).map(({ message }) => message?.seq ?? 0);
    expect(seqs.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 150 }, (_, index) => index + 1));
  });

  it('[SEND-3] never commit both a claim and a takeover', async () => {
    const [a, b] = [await world.node(), await world.node()];
    await done(a.runtime.dispatch(of.key, customerSays('hello')));
    await world.time.advance(2_000);
    await done(b.runtime.dispatch(of.key, { type: 'wake' }));
    const turn = world.fixture.store.row(of.key).view.turn;
    const reply = await done(a.runtime.dispatch(of.key, { type: 'replyReady', turn, text: 'hi' }));
    const messageId = reply.message?.id ?? '';
    const outcomes = Promise.all([
      a.runtime.dispatch(of.key, { type: 'claimReply', turn, messageId, attempt: 1 }),
      b.runtime.dispatch(of.key, setReplies(UMA, false)),
    ]);
    await world.time.advance(1_000);
    const [claim, takeover] = await outcomes;
    expect(takeover.ok).toBe(true);
    expect(stateOf(world, of)).toBe('agentDisabled');
    const message = await world.fixture.store.readMessage(of.key, messageId);
    expect(message?.delivery).toBe(claim.ok ? 'sending' : 'withheld');
    const events = (await world.fixture.transitions(of.key)).map(({ event }) => event.type).slice(-2);
    expect(events.at(-1)).toBe('replies.disabled');
    expect(events.includes('reply.claimed')).toBe(claim.ok);
  });
});
