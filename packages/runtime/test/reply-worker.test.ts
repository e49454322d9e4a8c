import type { Reply, ReplyRequest } from '@baton/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Replier, ReplyJob } from '../src/index.ts';
import type { FixtureConversation } from '@baton/store-contract/testing';
import {
  answering,
  customerSays,
  done,
  makeWorld,
  type Node,
  type NodeOptions,
  says,
  setReplies,
  stateOf,
  TOM,
  transcriptOf,
  type World,
} from './world.ts';

let world: World;
let of: FixtureConversation;

beforeEach(async () => {
  world = makeWorld();
  of = await world.fixture.createConversation();
});

interface Call {
  job: ReplyJob;
  request: ReplyRequest;
  signal: AbortSignal;
  says(textSoFar: string): void;
  answer(reply: Reply): void;
  fail(error: Error): void;
}

/** A backend whose answers the test controls. */
class Backend implements Replier {
  readonly calls: Call[] = [];

  reply(job: ReplyJob, request: ReplyRequest, signal: AbortSignal, onPartial: (text: string) => void): Promise<Reply> {
    const { promise, resolve, reject } = Promise.withResolvers<Reply>();
    this.calls.push({ job, request, signal, says: onPartial, answer: resolve, fail: reject });
    return promise;
  }

  get last(): Call {
    const call = this.calls.at(-1);
    if (!call) throw new Error('nothing was asked of the backend');
    return call;
  }
}

async function working(options: NodeOptions): Promise<Node> {
  const node = await world.node(options);
  node.timers.start();
  node.replies.start();
  return node;
}

const say = (node: Node, text: string) => done(node.runtime.dispatch(of.key, customerSays(text)));

describe('the reply worker', () => {
  it('[TURN-1] makes one reply to all waiting messages after the reply delay', async () => {
    const backend = new Backend();
    const node = await working({ replier: backend });
    await say(node, 'hello');
    await world.time.advance(1_500);
    await say(node, 'are you there?');
    await world.time.advance(1_900);
    expect(backend.calls).toEqual([]);
    await world.time.advance(200);
    expect(backend.last.request.waiting.map(({ text }) => text)).toEqual(['hello', 'are you there?']);
    backend.last.answer({ kind: 'reply', text: 'yes' });
    await world.time.advance(10_000);
    expect(transcriptOf(world, of.key).at(-1)).toBe('agent: yes (queued)');
    expect(backend.calls).toHaveLength(1);
  });

  it('[TURN-3] aborts at once when the turn is superseded, and sends nothing', async () => {
    const backend = new Backend();
    const node = await working({ replier: backend });
    await say(node, 'hello');
    await world.time.advance(2_100);
    const { signal, answer } = backend.last;
    await done(node.runtime.dispatch(of.key, setReplies(TOM, false)));
    expect(signal.aborted).toBe(true);
    answer({ kind: 'reply', text: 'too late' });
    await world.time.advance(60_000);
    expect(transcriptOf(world, of.key)).toEqual(['customer: hello']);
    expect(world.incidents).toEqual([]);
  });

  it('[TURN-4] keeps an interrupted reply as a published draft and never sends it', async () => {
    const backend = new Backend();
    const node = await working({ replier: backend });
    await say(node, 'hello');
    await world.time.advance(2_100);
    const { last } = backend;
    last.says('Your parcel');
    last.says('Your parcel is in');
    await done(node.runtime.dispatch(of.key, setReplies(TOM, false)));
    last.answer({ kind: 'reply', text: 'Your parcel is in Berlin.' });
    await world.time.advance(60_000);
    const draft = { turn: last.job.turn, text: 'Your parcel is in' };
    expect(await world.fixture.drafts(of.key)).toMatchObject([draft]);
    expect(node.published.drafted).toMatchObject([draft]);
    expect(transcriptOf(world, of.key)).toEqual(['customer: hello']);
    expect(world.incidents).toEqual([]);
  });

  it.each<[string, (node: Node, backend: Backend) => Promise<unknown>]>([
    ['nothing had been said', (node) => done(node.runtime.dispatch(of.key, setReplies(TOM, false)))],
    [
      'only a blank had been said',
      (node, { last }) => (last.says(' '), done(node.runtime.dispatch(of.key, setReplies(TOM, false)))),
    ],
    ['the agent goes on by itself', (node, { last }) => (last.says('Half a'), say(node, 'and another thing'))],
    ['the server stops', (node, { last }) => (last.says('Half a'), node.replies.stop())],
  ])('[TURN-4] there is no draft where %s', async (_where, act) => {
    const backend = new Backend();
    const node = await working({ replier: backend });
    await say(node, 'hello');
    await world.time.advance(2_100);
    const acting = act(node, backend);
    await world.time.advance(6_000);
    await acting;
    expect(await world.fixture.drafts(of.key)).toEqual([]);
    expect(node.published.drafted).toEqual([]);
  });

  it('[TURN-3] aborts on another node’s takeover by the next renewal', async () => {
    const backend = new Backend();
    const node = await working({ replier: backend });
    await say(node, 'hello');
    await world.time.advance(2_100);
    const other = await world.node();
    await done(other.runtime.dispatch(of.key, setReplies(TOM, false)));
    expect(backend.last.signal.aborted).toBe(false);
    await world.time.advance(2_000);
    expect(backend.last.signal.aborted).toBe(true);
  });

  it('[TURN-2] aborts and gathers again when the customer writes during generation', async () => {
    const backend = new Backend();
    const node = await working({ replier: backend });
    await say(node, 'hello');
    await world.time.advance(2_100);
    await say(node, 'wait');
    expect(backend.last.signal.aborted).toBe(true);
    await world.time.advance(2_100);
    expect(backend.calls).toHaveLength(2);
    expect(backend.last.request.waiting).toHaveLength(2);
    expect(backend.last.signal.aborted).toBe(false);
  });

  it('[TURN-9] aborts a generation at its deadline and counts it as failed', async () => {
    const backend = new Backend();
    const node = await working({ replier: backend });
    await say(node, 'hello');
    await world.time.advance(2_100);
    const { signal } = backend.last;
    await world.time.advance(59_000);
    expect(signal.aborted).toBe(false);
    await world.time.advance(1_500);
    expect(signal.aborted).toBe(true);
    expect(world.fixture.store.row(of.key).snapshot.context.failures).toBe(1);
  });

  it('[TURN-9] tries a failing agent four times, then raises the conversation', async () => {
    const backend = new Backend();
    const node = await working({ replier: backend });
    await say(node, 'hello');
    for (let tries = 1; tries <= 4; tries += 1) {
      await world.time.advance(60_000);
      expect(backend.calls).toHaveLength(Math.min(tries, 4));
      backend.last.fail(new Error('no model'));
    }
    await world.time.advance(120_000);
    expect(backend.calls).toHaveLength(4);
    expect(world.fixture.store.row(of.key).view.reason).toBe('agentFailed');
  });

  it('[TURN-9] does not count a dead worker as a failure', async () => {
    const dead = new Backend();
    const node = await world.node({ replier: dead });
    node.timers.start();
    await say(node, 'hello');
    await world.time.advance(2_100);
    expect(await world.fixture.store.claimReplies('a dead worker', 10, 8_000)).toHaveLength(1);
    const backend = new Backend();
    await working({ replier: backend });
    await world.time.advance(7_000);
    expect(backend.calls).toEqual([]);
    await world.time.advance(2_000);
    expect(backend.calls).toHaveLength(1);
    expect(world.fixture.store.row(of.key).snapshot.context.failures).toBe(0);
  });

  it('[TURN-9] renews a long generation, so that one worker makes it', async () => {
    const [a, b] = [new Backend(), new Backend()];
    const node = await working({ replier: a });
    await working({ replier: b });
    await say(node, 'hello');
    await world.time.advance(50_000);
    expect(a.calls.length + b.calls.length).toBe(1);
  });

  it('counts an invalid text as a failure', async () => {
    for (const text of ['', '  ', 'x'.repeat(10_001), 'lone \ud800', 'nul \u0000']) {
      of = await world.fixture.createConversation();
      const node = await working({ replier: answering(text) });
      await say(node, 'hello');
      await world.time.advance(2_500);
      expect(world.fixture.store.row(of.key).snapshot.context.failures).toBe(1);
      expect(transcriptOf(world, of.key)).toHaveLength(1);
      await Promise.all([node.timers.stop(), node.replies.stop()]);
    }
  });

  it('[TURN-8] drops the invalid text of a handoff', async () => {
    const replier: Replier = { reply: () => Promise.resolve({ kind: 'handoff', reason: 'asked', text: ' ' }) };
    const node = await working({ replier });
    await say(node, 'a person, please');
    await world.time.advance(2_500);
    expect(stateOf(world, of)).toBe('agentDisabled');
    expect(transcriptOf(world, of.key)).toHaveLength(1);
  });

  it('[TURN-6] treats silence as an answer', async () => {
    const replier: Replier = { reply: () => Promise.resolve({ kind: 'silence' }) };
    const node = await working({ replier });
    await say(node, 'thanks!');
    await world.time.advance(10_000);
    expect(world.fixture.store.row(of.key).view).toMatchObject({ waitingSince: null, generation: null });
  });

  it('[TURN-11] tells the agent about takeovers, hand-backs and instructions', async () => {
    const backend = new Backend();
    const node = await working({ replier: backend });
    await done(node.runtime.dispatch(of.key, setReplies(TOM, false)));
    await done(node.runtime.dispatch(of.key, says(TOM, 'secret', { note: true })));
    await done(node.runtime.dispatch(of.key, says(TOM, 'I am Tom')));
    await say(node, 'and my refund?');
    await done(node.runtime.dispatch(of.key, setReplies(TOM, true, 'offer 10 %')));
    await world.time.advance(2_100);
    const { facts, transcript, waiting } = backend.last.request;
    expect(facts).toHaveLength(2);
    expect(facts[0]).toContain('Tom took over');
    expect(facts[1]).toMatch(/Tom handed .* back .* asks you: offer 10 %$/);
    expect(transcript.map(({ text }) => text)).not.toContain('secret');
    expect(waiting.map(({ text }) => text)).toEqual(['and my refund?']);
  });

  it('[TURN-10] calls no backend while people hold', async () => {
    const backend = new Backend();
    const node = await working({ replier: backend });
    await done(node.runtime.dispatch(of.key, setReplies(TOM, false)));
    await say(node, 'hello');
    await world.time.advance(120_000);
    expect(backend.calls).toEqual([]);
  });

  it('caps the transcript at 50 messages', async () => {
    const backend = new Backend();
    const node = await working({ replier: backend });
    for (let count = 0; count < 80; count += 1) void node.runtime.dispatch(of.key, customerSays(`m${count}`));
    await world.time.advance(3_000);
    expect(backend.last.request.transcript.map(({ text }) => text)).toHaveLength(50);
    expect(backend.last.request.transcript.at(-1)?.text).toBe('m79');
  });

  it('aborts long generations on stop and leaves them to other workers', async () => {
    const backend = new Backend();
    const node = await working({ replier: backend });
    await say(node, 'hello');
    await world.time.advance(2_100);
    const stopping = node.replies.stop();
    await world.time.advance(5_000);
    await stopping;
    expect(backend.last.signal.aborted).toBe(true);
    expect(await world.fixture.store.claimReplies('another', 10, 8_000)).toHaveLength(1);
    expect(world.fixture.store.row(of.key).snapshot.context.failures).toBe(0);
  });
});
