import { beforeEach, describe, expect, it } from 'vitest';
import { type Outcome, StoreUnavailable } from '../src/index.ts';
import type { FixtureConversation } from '@baton/store-contract/testing';
import {
  customerSays,
  done,
  generating,
  makeWorld,
  setReplies,
  stateOf,
  TOM,
  transcriptOf,
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

describe('replies', () => {
  it('[TURN-4] keeps a reply of an old turn as a draft and never sends it', async () => {
    const turn = await generating(world, node, of);
    await done(node.runtime.dispatch(of.key, customerSays('wait, one more thing')));
    const outcome = await node.runtime.dispatch(of.key, { type: 'replyReady', turn, text: 'too late' });
    expect(outcome).toEqual({ ok: false, code: 'stale_reply' } satisfies Outcome);
    expect(await world.fixture.drafts(of.key)).toMatchObject([{ turn, text: 'too late' }]);
    expect(transcriptOf(world, of.key)).toHaveLength(2);
    const failure = { type: 'replyFailed', turn, error: 'too late as well' } as const;
    expect(await node.runtime.dispatch(of.key, failure)).toEqual({ ok: false, code: 'stale_reply' } satisfies Outcome);
  });

  for (const [what, command] of [
    ['a reply', { type: 'replyReady', text: 'hi' }],
    ['a closing message', { type: 'replyHandoff', reason: 'asked for a person', text: 'One moment' }],
  ] as const) {
    it(`[TURN-4] ${what} is no draft when its commit’s answer was lost`, async () => {
      let isLost = false;
      world = makeWorld({
        seam: (moment, operation) => {
          if (!isLost || moment === 'before' || operation !== 'commit') return;
          isLost = false;
          throw new StoreUnavailable('the answer is lost');
        },
      });
      node = await world.node();
      of = await world.fixture.createConversation();
      const published = { ...command, turn: await generating(world, node, of) };
      isLost = true;
      expect(await node.runtime.dispatch(of.key, published)).toEqual({ ok: false, code: 'unavailable' });
      await done(node.runtime.dispatch(of.key, published));
      expect(transcriptOf(world, of.key)).toEqual(['customer: hello', `agent: ${command.text} (queued)`]);
      expect(await world.fixture.drafts(of.key)).toEqual([]);
      expect(node.published.drafted).toEqual([]);
    });
  }

  it('[TURN-4] keeps a committed reply when the customer writes again', async () => {
    const turn = await generating(world, node, of);
    const reply = await done(node.runtime.dispatch(of.key, { type: 'replyReady', turn, text: 'hi' }));
    await done(node.runtime.dispatch(of.key, customerSays('more')));
    const messageId = reply.message?.id ?? '';
    const claim = await done(node.runtime.dispatch(of.key, { type: 'claimReply', turn, messageId, attempt: 1 }));
    expect(claim.message).toMatchObject({ id: messageId, delivery: 'sending' });
    const again = await node.runtime.dispatch(of.key, { type: 'claimReply', turn, messageId, attempt: 1 });
    expect(again).toMatchObject({ ok: false, code: 'stale_reply' });
  });

  it('[TURN-8] commits the closing message together with the move to agentDisabled', async () => {
    const turn = await generating(world, node, of);
    const handoff = { type: 'replyHandoff', turn, reason: 'asked for a person', text: 'One moment' } as const;
    const { message, conversation } = await done(node.runtime.dispatch(of.key, handoff));
    expect(conversation).toMatchObject({ state: 'agentDisabled', reason: 'handoffRequested' });
    expect(conversation.waitingSince).not.toBeNull();
    const claim = { type: 'claimReply', turn, messageId: message?.id ?? '', attempt: 1 } as const;
    expect(await done(node.runtime.dispatch(of.key, claim))).toMatchObject({ message: { delivery: 'sending' } });
    expect(await node.runtime.dispatch(of.key, claim)).toMatchObject({ ok: false, code: 'stale_reply' });
  });

  it('reloads before rejecting from an old copy', async () => {
    const other = await world.node();
    await done(other.runtime.dispatch(of.key, setReplies(TOM, false)));
    await done(node.runtime.dispatch(of.key, setReplies(TOM, true)));
    const { conversation } = await done(other.runtime.dispatch(of.key, setReplies(TOM, false)));
    expect(conversation.state).toBe('agentDisabled');
    expect(stateOf(world, of)).toBe('agentDisabled');
  });
});
