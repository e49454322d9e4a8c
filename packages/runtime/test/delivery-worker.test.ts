import { beforeEach, describe, expect, it } from 'vitest';
import { type Sender } from '../src/index.ts';
import type { ConversationOptions, FixtureConversation } from '@baton/store-contract/testing';
import { Channel, UNKNOWN } from './channel.ts';
import {
  customerSays,
  deliveryOf,
  done,
  makeWorld,
  replied,
  says,
  SENT,
  setReplies,
  TOM,
  transcriptOf,
  type Node,
  type World,
} from './world.ts';

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

describe('the delivery worker', () => {
  it('[SEND-5] sends a conversation’s messages one at a time, in order', async () => {
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

  it('[SEND-2] publishes every delivery change with rising revisions', async () => {
    const node = await working({ send: () => Promise.resolve(SENT) });
    await done(node.runtime.dispatch(of.key, says(TOM, 'hi')));
    await world.time.advance(100);
    expect(node.published.delivered.map(({ delivery }) => delivery)).toEqual(['sending', 'sent']);
    const revisions = node.published.delivered.map(({ revision }) => revision);
    expect(revisions[1]).toBeGreaterThan(revisions[0] ?? Infinity);
    const { conversation } = await done(node.runtime.dispatch(of.key, { type: 'close', by: TOM }));
    expect(conversation.lastMessage?.delivery).toBe('sent');
    expect(conversation.revision).toBeGreaterThan(revisions[1] ?? Infinity);
  });

  it('[SEND-3] sends an agent message only after its claim is committed', async () => {
    const channel = new Channel();
    const node = await working(channel);
    const id = await replied(world, node, of, 'hi');
    await world.time.advance(100);
    expect(channel.texts).toEqual(['hi']);
    const events = (await world.fixture.transitions(of.key)).map(({ event }) => event.type);
    expect(events.at(-1)).toBe('reply.claimed');
    expect(await deliveryOf(world, of, id)).toBe('sending');
    expect(world.fixture.store.row(of.key).view.waitingSince).toBeNull();
  });

  it('[HOLD-2] withholds the reply on a takeover before the claim', async () => {
    const channel = new Channel();
    of = await world.fixture.createConversation();
    const node = await world.node({ sender: channel });
    const id = await replied(world, node, of, 'agent here');
    await done(node.runtime.dispatch(of.key, says(TOM, 'Tom here')));
    node.deliveries.start();
    await world.time.advance(1_000);
    expect(channel.texts).toEqual(['Tom here']);
    expect(await deliveryOf(world, of, id)).toBe('withheld');
  });

  it('[SEND-4] sends the person’s message after a reply already at the channel', async () => {
    const channel = new Channel();
    const node = await working(channel);
    const id = await replied(world, node, of, 'agent here');
    await world.time.advance(100);
    await done(node.runtime.dispatch(of.key, says(TOM, 'Tom here')));
    await world.time.advance(1_000);
    expect(channel.texts).toEqual(['agent here']);
    expect(await deliveryOf(world, of, id)).toBe('sending');
    channel.last.answer(SENT);
    await world.time.advance(100);
    expect(channel.texts).toEqual(['agent here', 'Tom here']);
  });

  it('[HOLD-2] withholds the reply on a takeover between job and claim', async () => {
    const channel = new Channel();
    let takesOver = (): unknown => undefined;
    world = makeWorld({
      seam: (moment, operation) => {
        if (moment === 'after' && operation === 'claimSends') takesOver();
      },
    });
    of = await world.fixture.createConversation();
    const node = await world.node({ sender: channel });
    const id = await replied(world, node, of, 'agent here');
    takesOver = () => {
      takesOver = () => undefined;
      void node.runtime.dispatch(of.key, setReplies(TOM, false));
    };
    node.deliveries.start();
    await world.time.advance(1_000);
    expect(channel.calls).toEqual([]);
    expect(await deliveryOf(world, of, id)).toBe('withheld');
  });

  it('[SEND-4] sends nothing after a claim answered late, and claims again', async () => {
    const channel = new Channel();
    let isFrozen = false;
    world = makeWorld({
      seam: (moment, operation) => {
        // The process is suspended between the commit of the claim and its answer.
        if (!isFrozen || moment === 'before' || operation !== 'commit') return;
        isFrozen = false;
        world.time.now += 2_500;
      },
    });
    of = await world.fixture.createConversation();
    const node = await world.node({ sender: channel });
    const id = await replied(world, node, of, 'agent here');
    isFrozen = true;
    node.deliveries.start();
    await world.time.advance(100);
    // The process was suspended for longer than that.
    await world.time.advance(100);
    expect(node.published.delivered.map(({ delivery }) => delivery)).toEqual(['queued']);
    const events = (await world.fixture.transitions(of.key)).map(({ event }) => event.type);
    expect(events.filter((type) => type === 'reply.claimed')).toHaveLength(2);
    expect(channel.texts).toEqual(['agent here']);
    expect(await deliveryOf(world, of, id)).toBe('sending');
  });

  it('[SEND-4] does not resend after another worker has sent from the lane', async () => {
    const [slow, quick] = [new Channel(), new Channel()];
    const { promise: heard, resolve: hear } = Promise.withResolvers<void>();
    let isFirst = true;
    world = makeWorld({
      seam: (moment, operation) => {
        if (!isFirst || moment === 'before' || operation !== 'claimSends') return;
        isFirst = false;
        return heard;
      },
    });
    of = await world.fixture.createConversation({ channelKind: 'whatsapp' });
    const nodes = [await world.node({ sender: slow }), await world.node({ sender: quick })] as const;
    const id = await replied(world, nodes[0], of, 'agent here');
    nodes[0].deliveries.start();
    await world.time.advance(0);
    nodes[1].deliveries.start();
    await world.time.advance(5_000);
    quick.last.answer(UNKNOWN);
    await world.time.advance(100);
    expect(await deliveryOf(world, of, id)).toBe('uncertain');
    hear();
    await world.time.advance(1_000);
    expect([slow.texts, quick.texts]).toEqual([[], ['agent here']]);
    expect(await deliveryOf(world, of, id)).toBe('uncertain');
  });

  it('[SEND-4] sends nothing more than 2 s after the claim', async () => {
    const channel = new Channel();
    world = makeWorld({
      seam: (moment, operation) => {
        // The process is suspended between the claim and its answer.
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
    expect(node.published.delivered.map(({ delivery }) => delivery)).toContain('queued');
    await world.time.advance(1_000);
    expect(channel.texts).toEqual(['hi']);
    channel.last.answer(SENT);
    await world.time.advance(100);
    expect(await deliveryOf(world, of, message?.id ?? '')).toBe('sent');
  });

  it.each([
    ['a person', 'claimSends'],
    ['the agent', 'commit'],
  ] as const)(
    '[SEND-4] does not send a message of %s after a suspension that stopped the monotonic clock',
    async (author, claim) => {
      const channel = new Channel();
      let suspends = (): unknown => undefined;
      world = makeWorld({
        seam: (moment, operation) => {
          if (moment === 'after' && operation === claim) suspends();
        },
      });
      of = await world.fixture.createConversation();
      const node = await world.node({ sender: channel });
      if (author === 'the agent') await replied(world, node, of, 'hi');
      else await done(node.runtime.dispatch(of.key, says(TOM, 'hi')));
      suspends = () => {
        suspends = () => undefined;
        world.suspend(2_500);
      };
      node.deliveries.start();
      await world.time.advance(0);
      expect(node.published.delivered.map(({ delivery }) => delivery)).toContain('queued');
      await world.time.advance(1_000);
      expect(channel.texts).toEqual(['hi']);
    },
  );

  it('[SEND-4] [SEE-6] publishes a message as uncertain after its sender died', async () => {
    const dead = await working({ send: () => new Promise(() => {}) }, { channelKind: 'whatsapp' });
    const { message } = await done(dead.runtime.dispatch(of.key, says(TOM, 'hi')));
    await world.time.advance(100);
    expect(await deliveryOf(world, of, message?.id ?? '')).toBe('sending');
    const other = await world.node({ sender: new Channel() });
    other.deliveries.start();
    await world.time.advance(31_000);
    const published = [...dead.published.delivered, ...other.published.delivered].filter(
      ({ delivery }) => delivery === 'uncertain',
    );
    expect(published.map(({ id }) => id)).toEqual([message?.id]);
  });

  it('finishes running sends when it stops', async () => {
    const channel = new Channel();
    const node = await working(channel);
    const { message } = await done(node.runtime.dispatch(of.key, says(TOM, 'hi')));
    await done(node.runtime.dispatch(of.key, says(TOM, 'ho')));
    await world.time.advance(100);
    const stopping = node.deliveries.stop();
    channel.last.answer(SENT);
    await stopping;
    expect(await deliveryOf(world, of, message?.id ?? '')).toBe('sent');
    expect(channel.texts).toEqual(['hi']);
  });

  it('never sends customers’ messages', async () => {
    const channel = new Channel();
    const node = await working(channel);
    await done(node.runtime.dispatch(of.key, customerSays('hi')));
    await done(node.runtime.dispatch(of.key, says(TOM, 'a note', { note: true })));
    await world.time.advance(1_000);
    expect(channel.calls).toEqual([]);
  });
});
