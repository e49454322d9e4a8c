import type { OutgoingMessage, SendOutcome } from '@baton/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { backoffMs } from '../src/workers/backoff.ts';
import type { Sender, SendJob } from '../src/index.ts';
import type { ConversationOptions, FixtureConversation } from '../src/testing/store-fixture.ts';
import {
  customerSays,
  done,
  generating,
  makeWorld,
  type Node,
  says,
  SENT,
  setReplies,
  TOM,
  transcriptOf,
  type World,
} from './world.ts';

let world: World;
let of: FixtureConversation;

beforeEach(() => {
  world = makeWorld();
});

interface Call {
  job: SendJob;
  outgoing: OutgoingMessage;
  signal: AbortSignal;
  answer(outcome: SendOutcome): void;
}

/** A channel whose answers the test gives by hand. */
class Channel implements Sender {
  readonly calls: Call[] = [];

  send(job: SendJob, outgoing: OutgoingMessage, signal: AbortSignal): Promise<SendOutcome> {
    const { promise, resolve } = Promise.withResolvers<SendOutcome>();
    this.calls.push({ job, outgoing, signal, answer: resolve });
    return promise;
  }

  get last(): Call {
    const call = this.calls.at(-1);
    if (!call) throw new Error('nothing was sent');
    return call;
  }

  get texts(): string[] {
    return this.calls.map(({ outgoing }) => outgoing.text);
  }
}

async function working(sender: Sender, options: ConversationOptions = {}): Promise<Node> {
  of = await world.fixture.createConversation(options);
  const node = await world.node({ sender });
  node.deliveries.start();
  return node;
}

async function replies(node: Node, text: string): Promise<string> {
  const turn = await generating(world, node, of);
  const { message } = await done(node.runtime.dispatch(of.key, { type: 'replyReady', turn, text }));
  return message?.id ?? '';
}

const deliveryOf = async (id: string) => (await world.fixture.store.readMessage(of.key, id))?.delivery;
const unknown = { kind: 'retry', error: 'timeout', retryAfterMs: null, mayHaveArrived: true } as const;
const refusedNow = { ...unknown, error: '503', mayHaveArrived: false } as const;

describe('the delivery worker', () => {
  it('[SEND-5] sends the messages of a conversation one after the other, in order', async () => {
    const channel = new Channel();
    const node = await working(channel);
    for (const text of ['one', 'two', 'three']) await done(node.runtime.dispatch(of.key, says(TOM, text)));
    for (const text of ['one', 'two', 'three']) {
      await world.time.advance(100);
      expect(channel.last.outgoing).toMatchObject({
        text,
        author: { kind: 'teammate' },
        conversationId: of.key.conversationId,
      });
      channel.last.answer({ kind: 'sent', providerId: `p-${text}` });
    }
    await world.time.advance(1_000);
    expect(channel.texts).toEqual(['one', 'two', 'three']);
    expect(transcriptOf(world, of.key)).toEqual(['one', 'two', 'three'].map((text) => `teammate: ${text} (sent)`));
  });

  it('[SEND-2] tells every change of a delivery, with rising revisions', async () => {
    const node = await working({ send: () => Promise.resolve(SENT) });
    await done(node.runtime.dispatch(of.key, says(TOM, 'hi')));
    await world.time.advance(100);
    expect(node.told.delivered.map(({ delivery }) => delivery)).toEqual(['sending', 'sent']);
    const revisions = node.told.delivered.map(({ revision }) => revision);
    expect(revisions[1]).toBeGreaterThan(revisions[0] ?? Infinity);
    const { conversation } = await done(node.runtime.dispatch(of.key, { type: 'close', by: TOM }));
    expect(conversation.lastMessage?.delivery).toBe('sent');
    expect(conversation.revision).toBeGreaterThan(revisions[1] ?? Infinity);
  });

  it('[SEND-3] an agent message goes out only after its claim is committed', async () => {
    const channel = new Channel();
    const node = await working(channel);
    const id = await replies(node, 'hi');
    await world.time.advance(100);
    expect(channel.texts).toEqual(['hi']);
    const events = (await world.fixture.transitions(of.key)).map(({ event }) => event.type);
    expect(events.at(-1)).toBe('reply.claimed');
    expect(await deliveryOf(id)).toBe('sending');
    expect(world.fixture.store.row(of.key).view.waitingSince).toBeNull();
  });

  it('[HOLD-2] a takeover before the claim keeps the reply from going out; the person’s message goes', async () => {
    const channel = new Channel();
    of = await world.fixture.createConversation();
    const node = await world.node({ sender: channel });
    const id = await replies(node, 'agent here');
    await done(node.runtime.dispatch(of.key, says(TOM, 'Tom here')));
    node.deliveries.start();
    await world.time.advance(1_000);
    expect(channel.texts).toEqual(['Tom here']);
    expect(await deliveryOf(id)).toBe('withheld');
  });

  it('[SEND-4] a reply at the channel when a person takes over arrives; the person’s message goes after it', async () => {
    const channel = new Channel();
    const node = await working(channel);
    const id = await replies(node, 'agent here');
    await world.time.advance(100);
    await done(node.runtime.dispatch(of.key, says(TOM, 'Tom here')));
    await world.time.advance(1_000);
    expect(channel.texts).toEqual(['agent here']);
    expect(await deliveryOf(id)).toBe('sending');
    channel.last.answer(SENT);
    await world.time.advance(100);
    expect(channel.texts).toEqual(['agent here', 'Tom here']);
  });

  it('[SEND-4] a sender that wakes more than 2 s after its claim does not send', async () => {
    const channel = new Channel();
    world = makeWorld({
      seam: (moment, operation) => {
        // The process stands still between the claim and its answer.
        if (!isFrozen || moment === 'before' || operation !== 'claimSends') return;
        isFrozen = false;
        world.time.now += 2_500;
      },
    });
    let isFrozen = false;
    of = await world.fixture.createConversation();
    const node = await world.node({ sender: channel });
    const { message } = await done(node.runtime.dispatch(of.key, says(TOM, 'hi')));
    isFrozen = true;
    node.deliveries.start();
    await world.time.advance(0);
    expect(node.told.delivered.map(({ delivery }) => delivery)).toContain('queued');
    await world.time.advance(1_000);
    expect(channel.texts).toEqual(['hi']);
    channel.last.answer(SENT);
    await world.time.advance(100);
    expect(await deliveryOf(message?.id ?? '')).toBe('sent');
  });

  it('tries again with growing pauses what certainly did not arrive', async () => {
    const channel = new Channel();
    const node = await working(channel);
    const { message } = await done(node.runtime.dispatch(of.key, says(TOM, 'hi')));
    await world.time.advance(100);
    for (const pauseMs of [1_000, 2_000, 4_000]) {
      const before = channel.calls.length;
      channel.last.answer(refusedNow);
      await world.time.advance(pauseMs - 100);
      expect(await deliveryOf(message?.id ?? '')).toBe('queued');
      expect(channel.calls).toHaveLength(before);
      await world.time.advance(500);
      expect(channel.calls).toHaveLength(before + 1);
    }
    expect(new Set(channel.calls.map(({ outgoing }) => outgoing.messageId)).size).toBe(1);
    expect(channel.last.job.attempts).toBe(3);
  });

  it('[TURN-6] what a failed reply had answered waits again, and the team is told', async () => {
    const node = await working({ send: () => Promise.resolve({ kind: 'failed', error: 'blocked' }) });
    const id = await replies(node, 'hi');
    await world.time.advance(500);
    expect(await deliveryOf(id)).toBe('failed');
    expect(world.fixture.store.row(of.key).view).toMatchObject({ reason: 'deliveryFailed' });
    expect(world.fixture.store.row(of.key).view.waitingSince).not.toBeNull();
    expect(node.told.raised).toEqual(['deliveryFailed']);
  });

  it('[SEND-3] a reply to be sent again is claimed again, and withheld by a takeover meanwhile', async () => {
    const channel = new Channel();
    const node = await working(channel);
    const id = await replies(node, 'hi');
    await world.time.advance(100);
    channel.last.answer(refusedNow);
    await world.time.advance(100);
    expect(await deliveryOf(id)).toBe('queued');
    await done(node.runtime.dispatch(of.key, setReplies(TOM, false)));
    expect(await deliveryOf(id)).toBe('withheld');
    await world.time.advance(60_000);
    expect(channel.calls).toHaveLength(1);
  });

  it('[SEND-4] where ids are not idempotent an unknown outcome is not sent again by itself', async () => {
    const channel = new Channel();
    const node = await working(channel, { channelKind: 'whatsapp' });
    const { message } = await done(node.runtime.dispatch(of.key, says(TOM, 'hi')));
    await done(node.runtime.dispatch(of.key, says(TOM, 'ho')));
    await world.time.advance(100);
    channel.last.answer(unknown);
    await world.time.advance(29_000);
    expect(channel.texts).toEqual(['hi']);
    await world.time.advance(2_000);
    expect(channel.texts).toEqual(['hi', 'ho']);
    expect(await deliveryOf(message?.id ?? '')).toBe('uncertain');
  });

  it('[SEND-4] where ids are idempotent it is, an agent’s message too, and is never called unsent meanwhile', async () => {
    const channel = new Channel();
    const node = await working(channel, { channelKind: 'http' });
    const id = await replies(node, 'hi');
    await world.time.advance(100);
    channel.last.answer(unknown);
    await world.time.advance(100);
    expect(await deliveryOf(id)).toBe('uncertain');
    await world.time.advance(2_000);
    expect(channel.texts).toEqual(['hi', 'hi']);
    expect(await deliveryOf(id)).toBe('sending');
    channel.last.answer(SENT);
    await world.time.advance(100);
    expect(await deliveryOf(id)).toBe('sent');
    expect(world.fixture.store.row(of.key).snapshot.context.recentReplies).toHaveLength(1);
  });

  it('gives up after a day', async () => {
    const node = await working({ send: () => Promise.resolve(refusedNow) });
    const { message } = await done(node.runtime.dispatch(of.key, says(TOM, 'hi')));
    await world.time.advance(1_000);
    await node.deliveries.stop();
    await world.time.advance(25 * 3_600_000);
    const other = await world.node({ sender: { send: () => Promise.resolve(refusedNow) } });
    other.deliveries.start();
    await world.time.advance(1_000);
    expect(await deliveryOf(message?.id ?? '')).toBe('failed');
  });

  it('a channel that does not answer in 20 s is aborted, and its outcome unknown', async () => {
    const channel: Sender = {
      send: (_, __, signal) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () => resolve(unknown));
        }),
    };
    const node = await working(channel, { channelKind: 'telegram' });
    const { message } = await done(node.runtime.dispatch(of.key, says(TOM, 'hi')));
    await world.time.advance(19_000);
    expect(await deliveryOf(message?.id ?? '')).toBe('sending');
    await world.time.advance(1_500);
    expect(await deliveryOf(message?.id ?? '')).toBe('uncertain');
  });

  it('finishes what is at the channel when it stops', async () => {
    const channel = new Channel();
    const node = await working(channel);
    const { message } = await done(node.runtime.dispatch(of.key, says(TOM, 'hi')));
    await done(node.runtime.dispatch(of.key, says(TOM, 'ho')));
    await world.time.advance(100);
    const stopping = node.deliveries.stop();
    channel.last.answer(SENT);
    await stopping;
    expect(await deliveryOf(message?.id ?? '')).toBe('sent');
    expect(channel.texts).toEqual(['hi']);
  });

  it('backs off from 1 s to 5 min, with jitter, or as long as it is asked', () => {
    expect([0, 1, 2, 20].map((attempts) => backoffMs(attempts, null, () => 0.5))).toEqual([
      1_000, 2_000, 4_000, 300_000,
    ]);
    expect(backoffMs(0, null, () => 0)).toBe(800);
    expect(backoffMs(0, null, () => 1)).toBe(1_200);
    expect(backoffMs(0, 30_000, () => 0.5)).toBe(30_000);
    expect(backoffMs(0, 1e12, () => 0.5)).toBe(3_600_000);
  });

  it('customers’ messages go nowhere', async () => {
    const channel = new Channel();
    const node = await working(channel);
    await done(node.runtime.dispatch(of.key, customerSays('hi')));
    await done(node.runtime.dispatch(of.key, says(TOM, 'a note', { note: true })));
    await world.time.advance(1_000);
    expect(channel.calls).toEqual([]);
  });
});
