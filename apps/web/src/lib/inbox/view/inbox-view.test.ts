import type { Message } from '@baton/protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { behind, emptyInbox, reduceInbox, unreadOf, watchedUpTo } from './inbox-view.ts';
import type { InboxEvent, InboxView } from './inbox-view.ts';
import { CONVERSATION_ID, ConversationHistory, conversationOf, messageOf } from './testing/conversation-history.ts';
import type { Change } from './testing/conversation-history.ts';

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.constant<Change>({ kind: 'message' }),
  fc.record({ kind: fc.constant('delivery' as const), pick: fc.nat(20) }),
  fc.constant<Change>({ kind: 'state' }),
);

/** A history, the part before the client watched, and the frames that reached the client afterwards. */
const run = fc.record({ changes: fc.array(change, { maxLength: 40 }), watchedAt: fc.nat(40) }).chain((base) => {
  const history = new ConversationHistory(base.changes);
  const start = Math.min(base.watchedAt, history.versions.length - 1);
  const later = history.versions.map((_, index) => index).slice(start + 1);
  return fc.record({
    history: fc.constant(history),
    start: fc.constant(start),
    all: fc.shuffledSubarray([...later, ...later], { minLength: later.length * 2 }),
    some: fc.shuffledSubarray([...later, ...later]),
    mixer: fc.infiniteStream(fc.nat(1_000)),
  });
});

const opened = (messages: Message[], fields: Parameters<typeof conversationOf>[0]): InboxEvent => ({
  type: 'watched',
  conversation: conversationOf(fields),
  messages,
  presence: { conversationId: CONVERSATION_ID, people: [] },
});

const play = (view: InboxView, events: readonly InboxEvent[]): InboxView => events.reduce(reduceInbox, view);

function expectTruth(view: InboxView, history: ConversationHistory): void {
  const { conversation, messages } = history.now;
  const thread = view.threads.get(CONVERSATION_ID)!;
  expect(view.conversations.get(CONVERSATION_ID)).toEqual(conversation);
  expect(thread.messages).toEqual(messages.filter((message) => message.seq >= thread.fromSeq));
  expect(behind(view, CONVERSATION_ID)).toBeNull();
}

/** Frames in any order, also torn out of their commit. */
function shuffle(events: InboxEvent[], mixer: fc.Stream<number>): InboxEvent[] {
  const keyed = events.map((event) => ({ event, key: Number(mixer.next().value) }));
  return keyed.sort((a, b) => a.key - b.key).map(({ event }) => event);
}

describe('the inbox view', () => {
  test('[SEE-3] converges without a fetch for any order and repetition of frames', () => {
    fc.assert(
      fc.property(run, ({ history, start, all, mixer }) => {
        const frames = shuffle(
          all.flatMap((index) => history.publication(index)),
          mixer,
        );
        expectTruth(play(emptyInbox(), [history.watched(start, undefined), ...frames]), history);
      }),
      { numRuns: 500 },
    );
  });

  test('[SEE-3] detects any loss by the next head and repairs it in one catch-up', () => {
    fc.assert(
      fc.property(run, ({ history, start, some, mixer }) => {
        const frames = shuffle(
          some.flatMap((index) => history.publication(index)),
          mixer,
        );
        const head = { conversationId: CONVERSATION_ID, revision: history.now.conversation.revision };
        const view = play(emptyInbox(), [
          history.watched(start, undefined),
          ...frames,
          { type: 'heads', heads: [head] },
        ]);
        const gap = behind(view, CONVERSATION_ID);
        if (!gap) return expectTruth(view, history);
        const last = history.versions.length - 1;
        return expectTruth(reduceInbox(view, history.caughtUp(last, gap.sinceRevision, gap.afterSeq)), history);
      }),
      { numRuns: 500 },
    );
  });

  test('[SEE-3] repairs a commit that a broken connection cut', () => {
    fc.assert(
      fc.property(run, fc.nat(6), ({ history, start }, lost) => {
        // The worst order: the conversation first, and its message cut off.
        const sent = history.versions.flatMap((_, index) =>
          index > start ? history.publication(index).toReversed() : [],
        );
        const last = history.versions.length - 1;
        let view = play(emptyInbox(), [
          history.watched(start, undefined),
          ...sent.slice(0, Math.max(0, sent.length - lost)),
          { type: 'disconnected' },
        ]);
        view = reduceInbox(view, history.watched(last, watchedUpTo(view, CONVERSATION_ID)));
        const gap = behind(view, CONVERSATION_ID);
        if (gap) view = reduceInbox(view, history.caughtUp(last, gap.sinceRevision, gap.afterSeq));
        expectTruth(view, history);
      }),
      { numRuns: 500 },
    );
  });

  test('[SEE-3] [SEND-7] reports a missing message as a gap, and later ones as unseen', () => {
    const messages = [1, 2, 4].map((seq) => messageOf({ seq, revision: seq }));
    const view = play(emptyInbox(), [
      opened(messages.slice(0, 2), { lastSeq: 2, revision: 2 }),
      { type: 'conversation', conversation: conversationOf({ lastSeq: 3, revision: 3 }) },
      { type: 'message', message: messages[2]! },
      { type: 'conversation', conversation: conversationOf({ lastSeq: 4, revision: 4 }) },
    ]);
    expect(behind(view, CONVERSATION_ID)).toEqual({ sinceRevision: 2, afterSeq: 2 });
    expect(watchedUpTo(view, CONVERSATION_ID)).toBe(2);
  });

  test('[SEE-6] completes a delivery change once any frame brings the conversation', () => {
    const sent = messageOf({ seq: 1, revision: 2, delivery: 'sent' });
    const marked = play(emptyInbox(), [
      opened([{ ...sent, revision: 1, delivery: 'queued' }], { lastSeq: 1, revision: 1 }),
      { type: 'message', message: sent },
    ]);
    expect(behind(marked, CONVERSATION_ID)).not.toBeNull();
    const listed = reduceInbox(marked, { type: 'list', entries: [conversationOf({ lastSeq: 1, revision: 2 })] });
    expect(behind(listed, CONVERSATION_ID)).toBeNull();
  });

  test('[SEE-3] confirms nothing by an answer that covers less than the gap', () => {
    const view = play(emptyInbox(), [
      opened([], { lastSeq: 0, revision: 1 }),
      { type: 'caughtUp', conversation: conversationOf({ revision: 9 }), messages: [], sinceRevision: 5 },
    ]);
    expect(behind(view, CONVERSATION_ID)).toEqual({ sinceRevision: 1, afterSeq: null });
  });

  test('[SEE-3] never reverts anything by a late answer', () => {
    fc.assert(
      fc.property(run, fc.nat(40), ({ history, start, all }, askedAt) => {
        const old = Math.min(askedAt, history.versions.length - 1);
        const view = play(emptyInbox(), [
          history.watched(start, undefined),
          ...all.flatMap((index) => history.publication(index)),
          history.caughtUp(old, 0, 0),
          { type: 'listed', conversations: [{ ...history.versions[old]!.conversation, unread: 0 }] },
        ]);
        expectTruth(view, history);
      }),
      { numRuns: 300 },
    );
  });

  test('[SEE-6] never overwrites a newer revision by an older one', () => {
    const newer = conversationOf({ revision: 7, state: 'agentDisabled' });
    const older = conversationOf({ revision: 6, state: 'agentActive' });
    const view = play(emptyInbox(), [
      { type: 'list', entries: [newer] },
      { type: 'conversation', conversation: older },
    ]);
    expect(view.conversations.get(CONVERSATION_ID)?.state).toBe('agentDisabled');
  });

  test('prepends a page of older messages that reaches the loaded ones', () => {
    const messages = Array.from({ length: 12 }, (_, index) => messageOf({ seq: index + 1 }));
    const late = reduceInbox(play(emptyInbox(), [opened(messages.slice(8), { lastSeq: 12 })]), {
      type: 'message',
      message: messages[2]!,
    });
    expect(late.threads.get(CONVERSATION_ID)?.messages.map((message) => message.seq)).toEqual([9, 10, 11, 12]);
    const loaded = reduceInbox(late, {
      type: 'olderLoaded',
      conversationId: CONVERSATION_ID,
      messages: messages.slice(0, 8),
      reachesStart: true,
    });
    expect(loaded.threads.get(CONVERSATION_ID)?.messages).toEqual(messages);
  });

  test('[SEE-1] keeps presence of all conversations, and drops it with the connection', () => {
    const ana = { kind: 'teammate' as const, id: 'ana', name: 'Ana', typing: true, idle: false };
    const here = (...people: (typeof ana)[]) => ({ conversationId: 'a', people });
    let view = reduceInbox(emptyInbox(), {
      type: 'attendance',
      changed: [here(ana), { conversationId: 'b', people: [] }],
    });
    expect(view.presence.get('a')).toEqual([ana]);
    view = reduceInbox(view, { type: 'presence', presence: here() });
    expect(view.presence.get('a')).toEqual([]);
    view = reduceInbox(view, { type: 'attendance', changed: [here(ana)] });
    expect(reduceInbox(view, { type: 'disconnected' }).presence.size).toBe(0);
  });

  test('counts unread messages from the read marker', () => {
    const view = play(emptyInbox(), [
      { type: 'list', entries: [conversationOf({ lastSeq: 5, revision: 5 })] },
      { type: 'listed', conversations: [conversationOf({ lastSeq: 3, revision: 3, unread: 1, readSeq: 1 })] },
    ]);
    expect(unreadOf(view, CONVERSATION_ID)).toBe(3);
    expect(
      unreadOf(reduceInbox(view, { type: 'read', conversationId: CONVERSATION_ID, seq: 5 }), CONVERSATION_ID),
    ).toBe(0);
  });

  test('counts unread messages from the watch answer, without one’s own', () => {
    const unread = { unread: 1, readSeq: 2 };
    const view = play(emptyInbox(), [opened([], { lastSeq: 5, revision: 5, ...unread })]);
    expect(view.readSeqs.get(CONVERSATION_ID)).toBe(2);
    expect(unreadOf(view, CONVERSATION_ID)).toBe(1);
    const grown = reduceInbox(view, { type: 'list', entries: [conversationOf({ lastSeq: 6, revision: 6 })] });
    expect(unreadOf(grown, CONVERSATION_ID)).toBe(2);
    // Read in another browser of the same person.
    const elsewhere = reduceInbox(grown, { type: 'read', conversationId: CONVERSATION_ID, seq: 5 });
    expect(unreadOf(elsewhere, CONVERSATION_ID)).toBe(1);
  });

  test('[HOLD-18] [SEE-2] shows a pause and its end in every conversation, in any frame order', () => {
    const by = { id: 'sue', name: 'Sue' };
    const pause = (version: number, paused: boolean): InboxEvent => ({
      type: 'agents',
      changed: [{ id: conversationOf({}).agentId, version, paused, pausedBy: paused ? by : null }],
    });
    const listed = (fields: Parameters<typeof conversationOf>[0]): InboxEvent => ({
      type: 'list',
      entries: [conversationOf(fields)],
    });
    const shown = (...events: InboxEvent[]) => {
      const { reason, reasonBy } = play(emptyInbox(), events).conversations.get(CONVERSATION_ID)!;
      return { reason, reasonBy };
    };
    const active = { revision: 1, state: 'agentActive', reason: null } as const;
    const paused = { reason: 'agentPaused', reasonBy: by };
    expect(shown(listed(active), pause(2, true))).toEqual(paused);
    expect(shown(pause(2, true), listed(active))).toEqual(paused);
    expect(shown(listed(active), pause(2, true), pause(3, false), pause(2, true))).toEqual({
      reason: null,
      reasonBy: null,
    });
    expect(shown(listed({ ...active, reason: 'agentPaused' }), pause(3, false)).reason).toBeNull();
    // The end of the pause restores the original; conversations held by people are unaffected.
    expect(shown(pause(2, true), listed({ ...active, reason: 'tooOld' }), pause(3, false)).reason).toBe('tooOld');
    const off = { revision: 1, state: 'agentDisabled', reason: 'switchedOff' } as const;
    expect(shown(listed(off), pause(2, true)).reason).toBe('switchedOff');
  });
});
