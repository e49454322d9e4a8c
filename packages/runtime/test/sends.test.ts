import { beforeEach, describe, expect, it } from 'vitest';
import { deliveryMark } from '@baton/store-contract/testing';
import type { FixtureConversation } from '@baton/store-contract/testing';
import {
  customerSays,
  done,
  generating,
  makeWorld,
  says,
  setReplies,
  stateOf,
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

describe('sends', () => {
  it('[SEND-6] stores one message per clientMessageId and repeats its answer to a retry', async () => {
    const command = says(TOM, 'hi', { clientMessageId: 'c-1' });
    const first = await done(node.runtime.dispatch(of.key, command));
    const again = await done((await world.node()).runtime.dispatch(of.key, command));
    expect(again).toMatchObject({ duplicate: true, message: first.message });
    expect(transcriptOf(world, of.key)).toEqual(['teammate: hi (queued)']);
  });

  it('[SEND-6] stores one message for an id that occurs twice in a fold', async () => {
    const command = customerSays('hi', { externalId: 'p-1' });
    const [first, again, other] = await Promise.all(
      [command, command, customerSays('ho', { externalId: 'p-2' })].map((it) =>
        done(node.runtime.dispatch(of.key, it)),
      ),
    );
    expect(first?.duplicate).toBe(false);
    expect(again).toMatchObject({ duplicate: true, message: first?.message });
    expect(other).toMatchObject({ duplicate: false, message: { text: 'ho', seq: 2 } });
    const [late, fresh] = await Promise.all(
      [command, customerSays('hu', { externalId: 'p-3' })].map((it) => done(node.runtime.dispatch(of.key, it))),
    );
    expect(late).toMatchObject({ duplicate: true, message: { seq: 1, text: 'hi' } });
    expect(late?.message).not.toHaveProperty('externalId');
    expect(fresh).toMatchObject({ duplicate: false, message: { seq: 3 } });
  });

  it('[SEND-6] answers a retry with its own message after another person has replied', async () => {
    const command = says(TOM, 'hi', { clientMessageId: 'c-1', force: false, lastSeenSeq: 0 });
    const first = await done(node.runtime.dispatch(of.key, command));
    await done(node.runtime.dispatch(of.key, says(UMA, 'me too')));
    const again = await done(node.runtime.dispatch(of.key, command));
    expect(again).toMatchObject({ duplicate: true, message: { id: first.message?.id } });
  });

  describe('[SEND-6] rejects an id that another author has used:', () => {
    const ID = { clientMessageId: '1' };
    const TAKEN = { ok: false, code: 'conflict' };

    it('of another teammate, on any node', async () => {
      await done(node.runtime.dispatch(of.key, says(TOM, 'from Tom', ID)));
      expect(await (await world.node()).runtime.dispatch(of.key, says(UMA, 'from Uma', ID))).toMatchObject(TAKEN);
      expect(transcriptOf(world, of.key)).toEqual(['teammate: from Tom (queued)']);
    });

    it('of the customer', async () => {
      await done(node.runtime.dispatch(of.key, customerSays('mine', ID)));
      expect(await node.runtime.dispatch(of.key, says(TOM, 'from Tom', ID))).toMatchObject(TAKEN);
    });

    it('of a teammate, when the customer uses it', async () => {
      await done(node.runtime.dispatch(of.key, says(TOM, 'from Tom', ID)));
      expect(await node.runtime.dispatch(of.key, customerSays('mine', ID))).toMatchObject(TAKEN);
    });

    it('in the same fold, without delaying other commands', async () => {
      const commands = [says(TOM, 'from Tom', ID), says(UMA, 'from Uma', ID), says(UMA, 'and this')];
      const outcomes = await Promise.all(commands.map((command) => node.runtime.dispatch(of.key, command)));
      expect(outcomes).toMatchObject([{ ok: true }, TAKEN, { ok: true, message: { text: 'and this' } }]);
    });

    it('when the sender has not seen the other message', async () => {
      await done(node.runtime.dispatch(of.key, says(TOM, 'from Tom', ID)));
      const late = says(UMA, 'from Uma', { ...ID, force: false, lastSeenSeq: 0 });
      expect(await node.runtime.dispatch(of.key, late)).toMatchObject({ ok: false, code: 'stale_view' });
    });
  });

  it('[SEND-7] rejects a send with a stale view and returns the newer messages', async () => {
    await done(node.runtime.dispatch(of.key, customerSays('help')));
    const theirs = await done(node.runtime.dispatch(of.key, says(UMA, 'on it', { force: false, lastSeenSeq: 1 })));
    const mine = says(TOM, 'how can I help', { force: false, lastSeenSeq: 1 });
    const refused = await node.runtime.dispatch(of.key, mine);
    expect(refused).toMatchObject({ ok: false, code: 'stale_view', messages: [{ id: theirs.message?.id }] });
    await done(node.runtime.dispatch(of.key, { ...mine, force: true } as typeof mine));
    expect(transcriptOf(world, of.key)).toHaveLength(3);
  });

  it('[SEND-7] accepts a send that misses only own or customer messages', async () => {
    await done(node.runtime.dispatch(of.key, says(TOM, 'one', { force: false, lastSeenSeq: 0 })));
    await done(node.runtime.dispatch(of.key, customerSays('yes?')));
    await done(node.runtime.dispatch(of.key, says(TOM, 'two', { force: false, lastSeenSeq: 0 })));
  });

  it('[TURN-6] answers only the messages that the writer had seen', async () => {
    await done(node.runtime.dispatch(of.key, customerSays('one')));
    await world.time.advance(1_000);
    const { message } = await done(node.runtime.dispatch(of.key, customerSays('two')));
    const send = says(TOM, 'to the first', { force: false, lastSeenSeq: 1 });
    const { conversation } = await done(node.runtime.dispatch(of.key, send));
    expect(conversation.waitingSince).toBe(message?.createdAt);
  });

  it('[SEND-7] requires lastSeenSeq unless forced', async () => {
    const refused = await node.runtime.dispatch(of.key, says(TOM, 'hi', { force: false }));
    expect(refused).toMatchObject({ ok: false, code: 'invalid' });
  });

  it('[HOLD-4] renews the writer’s lease on a stale send, else ends it', async () => {
    await done(node.runtime.dispatch(of.key, says(UMA, 'first')));
    await node.typing.typing(of.key, TOM, 'socket-1');
    await world.time.advance(5_000);
    expect(await node.runtime.dispatch(of.key, says(TOM, 'x', { force: false, lastSeenSeq: 0 }))).toMatchObject({
      code: 'stale_view',
    });
    expect(Object.values(world.fixture.store.row(of.key).leases)).toEqual([world.time.now + 8_000]);
    await done(node.runtime.dispatch(of.key, says(TOM, 'x', { force: false, lastSeenSeq: 1 })));
    expect(world.fixture.store.row(of.key).leases).toEqual({});
  });

  it('[HOLD-15] leaves the holder unchanged on a note and sends it to no channel', async () => {
    const { message, conversation } = await done(
      node.runtime.dispatch(of.key, says(TOM, 'careful', { note: true, force: false })),
    );
    expect(message).toMatchObject({ note: true, delivery: null });
    expect(conversation).toMatchObject({ state: 'agentActive', lastMessage: null });
  });

  it('[SEND-3] turns a withheld message into a teammate’s once, with a new seq', async () => {
    const turn = await generating(world, node, of);
    const reply = await done(node.runtime.dispatch(of.key, { type: 'replyReady', turn, text: 'I am here' }));
    const messageId = reply.message?.id ?? '';
    const anyway = { type: 'sendAnyway', by: TOM, messageId } as const;
    expect(await node.runtime.dispatch(of.key, anyway)).toMatchObject({ ok: false, code: 'conflict' });
    await done(node.runtime.dispatch(of.key, setReplies(TOM, false)));
    const sent = await done(node.runtime.dispatch(of.key, anyway));
    expect(sent.message).toMatchObject({ seq: 3, text: 'I am here', author: { kind: 'teammate', id: TOM.id } });
    expect(await done(node.runtime.dispatch(of.key, anyway))).toMatchObject({ duplicate: true, message: { seq: 3 } });
    const [job] = await world.fixture.store.claimSends('w', 10, 30_000);
    await world.fixture.store.markDeliveries([deliveryMark(of, job?.message.id ?? '')]);
    const twice = { ...anyway, messageId: job?.message.id ?? '' };
    expect(await node.runtime.dispatch(of.key, twice)).toMatchObject({ ok: false, code: 'conflict' });
    const unknown = { ...anyway, messageId: of.agentId };
    expect(await node.runtime.dispatch(of.key, unknown)).toMatchObject({ ok: false, code: 'not_found' });
  });
});

describe('a message of unknown outcome', () => {
  it.each([
    ['http', { ok: false, code: 'conflict', detail: 'the message is being sent again automatically' }],
    ['whatsapp', { ok: true, duplicate: false }],
  ] as const)('[SEND-4] on %s is sent by a person only where it does not go again by itself', async (kind, outcome) => {
    const { store } = world.fixture;
    const there = await world.fixture.createConversation({ channelKind: kind });
    const { message } = await done(node.runtime.dispatch(there.key, says(TOM, 'Are you there?', { force: true })));
    const messageId = message?.id ?? '';
    await store.claimSends('w', 10, 30_000);
    const retryAt = kind === 'http' ? world.time.now + 60_000 : null;
    await store.markDeliveries([deliveryMark(there, messageId, { delivery: 'uncertain', retryAt })]);
    const anyway = { type: 'sendAnyway', by: TOM, messageId } as const;
    expect(await node.runtime.dispatch(there.key, anyway)).toMatchObject(outcome);
  });
});

describe('echoes and imports', () => {
  it('[HOLD-16] mutes on an echo, but not on automated or imported messages', async () => {
    const echo = { from: 'business', sentAt: world.time.now } as const;
    await done(node.runtime.dispatch(of.key, customerSays('sale!', { ...echo, automated: true })));
    await done(node.runtime.dispatch(of.key, customerSays('long ago', { ...echo, imported: true })));
    await done(node.runtime.dispatch(of.key, customerSays('old', { ...echo, sentAt: world.time.now - 31_000 })));
    expect(stateOf(world, of)).toBe('agentActive');
    await done(node.runtime.dispatch(of.key, customerSays('hi', { ...echo, sentAt: world.time.now + 99_000 })));
    expect(stateOf(world, of)).toBe('humanPriorityWindow');
    expect(world.fixture.store.row(of.key).view.resumesAt).toBe(world.time.now + 30_000);
    expect(world.fixture.store.row(of.key).messages.map(({ message }) => message.author.kind)).toEqual([
      'system',
      'external',
      'external',
      'external',
    ]);
  });

  it('[TURN-6] never counts imported customer messages as waiting', async () => {
    const { conversation } = await done(node.runtime.dispatch(of.key, customerSays('hi', { imported: true })));
    expect(conversation.waitingSince).toBeNull();
  });
});
