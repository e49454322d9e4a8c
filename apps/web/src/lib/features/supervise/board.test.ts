import { silenceReason } from '@baton/protocol';
import type { Conversation, Presence } from '@baton/protocol';
import { describe, expect, test } from 'vitest';
import { conversationOf, messageOf } from '../../inbox/view/testing/conversation-history.ts';
import { assigneeOf, boardOf, cardOf, contentionOf, endsSoon, isForgotten, isPaused } from './board.ts';

const ALL = { agentId: null, channelId: null };
const ana = { id: 'ana', name: 'Ana' };
const ben = { id: 'ben', name: 'Ben' };
const WAITING = { waitingSince: '2026-01-01T10:00:00Z' };
const at = (time: string): number => Date.parse(`2026-01-01T${time}Z`);

function here(...people: [person: { id: string; name: string }, typing: boolean][]): Presence['people'] {
  return people.map(([person, typing]) => ({ kind: 'teammate', ...person, typing, idle: false }));
}
const card = (fields: Partial<Conversation>, people: Presence['people'] = []) =>
  cardOf(conversationOf(fields), people, 'me');

describe('the unanswered reason', () => {
  const unansweredReason = [
    'switchedOff',
    'handoffRequested',
    'agentFailed',
    'agentPaused',
    'tooOld',
    'loop',
    'deliveryFailed',
    'quarantined',
  ] as const;

  test.each(unansweredReason)('[SEE-2] reports a customer waiting on %s', (reason) => {
    expect(card({ ...WAITING, reason }).unanswered).toBe(reason);
    expect(card({ waitingSince: null, reason }).unanswered).toBeNull();
  });

  test('reports none during a window, typing, or an agent’s reply', () => {
    const others = silenceReason.options.filter((reason) => !unansweredReason.some((it) => it === reason));
    expect(others).toEqual(['typing', 'window']);
    for (const reason of [...others, null]) expect(card({ ...WAITING, reason }).unanswered).toBeNull();
  });

  test('reports none while a teammate types with the agent off', () => {
    const off = { ...WAITING, state: 'agentDisabled', reason: 'switchedOff' } as const;
    expect(card(off, here([ana, true])).unanswered).toBeNull();
    expect(card(off, here([ana, false])).unanswered).toBe('switchedOff');
  });
});

describe('people at one conversation', () => {
  test('[HOLD-14] reports two people typing, by holder or by presence', () => {
    const holder = { kind: 'teammates' as const, teammates: [ana, ben] };
    expect(contentionOf(card({ state: 'humanActive', holder }))).toBe('writing');
    expect(contentionOf(card({}, here([ana, true], [ben, true])))).toBe('writing');
    const one = { kind: 'teammates' as const, teammates: [ana] };
    expect(contentionOf(card({ state: 'humanActive', holder: one }, here([ana, true])))).toBeNull();
  });

  test('reports two viewers, without previews and customers', () => {
    expect(contentionOf(card({}, here([ana, false], [ben, false])))).toBe('viewing');
    expect(contentionOf(card({}, here([ana, true], [ben, false])))).toBe('viewing');
    expect(contentionOf(card({}, here([ana, false], [{ id: 'me', name: 'Me' }, false])))).toBeNull();
    const customer: Presence['people'] = [{ kind: 'customer', id: 'c', name: 'Zoe', typing: true, idle: false }];
    expect(contentionOf(card({}, [...here([ana, false]), ...customer]))).toBeNull();
  });

  test('does not count the holder of a window as typing', () => {
    const holder = { kind: 'teammates' as const, teammates: [ana] };
    expect(card({ state: 'humanPriorityWindow', holder }).writers).toEqual([]);
  });

  test('shows the assignee where the team holds and nobody types', () => {
    const off = { holder: { kind: 'team' as const }, assigneeId: 'ben' };
    expect(assigneeOf(card(off), [ana, ben])).toEqual(ben);
    expect(assigneeOf(card(off, here([ana, true])), [ana, ben])).toBeUndefined();
    expect(assigneeOf(card({ assigneeId: 'ben' }), [ana, ben])).toBeUndefined();
    expect(assigneeOf(card({ ...off, assigneeId: null }), [ana, ben])).toBeUndefined();
  });
});

test('[HOLD-18] marks a paused agent only where no customer waits', () => {
  const reason = 'agentPaused' as const;
  expect(isPaused(card({ reason }))).toBe(true);
  expect(isPaused(card({ ...WAITING, reason }))).toBe(false);
  expect(isPaused(card({}))).toBe(false);
});

test('calls a conversation forgotten after an hour without events and people', () => {
  const off = {
    state: 'agentDisabled',
    stateSince: '2026-01-01T10:00:00Z',
    lastMessage: messageOf({ seq: 1, createdAt: '2026-01-01T10:30:00Z' }),
  } as const;
  expect(isForgotten(card(off), at('11:29:59'))).toBe(false);
  expect(isForgotten(card(off), at('11:30:00'))).toBe(true);
  expect(isForgotten(card({ ...off, lastMessage: null }), at('11:00:00'))).toBe(true);
  expect(isForgotten(card(off, here([ana, false])), at('12:00:00'))).toBe(false);
  expect(isForgotten(card({ ...off, state: 'agentActive' }), at('12:00:00'))).toBe(false);
});

test('calls a window ending with ten seconds left', () => {
  const { conversation } = card({ resumesAt: '2026-01-01T10:00:30Z' });
  expect(endsSoon(conversation, at('10:00:19'))).toBe(false);
  expect(endsSoon(conversation, at('10:00:20'))).toBe(true);
  expect(endsSoon(card({ resumesAt: null }).conversation, at('10:00:20'))).toBe(false);
});

describe('the board', () => {
  const conversations = [
    conversationOf({ id: 'calm' }),
    conversationOf({ id: 'off', state: 'agentDisabled', reason: 'switchedOff' }),
    conversationOf({ id: 'lost', state: 'agentDisabled', reason: 'switchedOff', ...WAITING }),
    conversationOf({ id: 'failed', reason: 'agentFailed', waitingSince: '2026-01-01T09:00:00Z', agentId: 'other' }),
    conversationOf({ id: 'closed', status: 'closed' }),
    conversationOf({ id: 'asleep', status: 'snoozed' }),
    conversationOf({
      id: 'asleep and lost',
      status: 'snoozed',
      reason: 'tooOld',
      waitingSince: '2026-01-01T11:00:00Z',
    }),
  ];
  const ids = (cards: { conversation: Conversation }[]) => cards.map(({ conversation }) => conversation.id);

  test('puts each conversation once: unanswered by waiting time, others by state', () => {
    const board = boardOf(conversations, new Map(), ALL, 'me');
    expect(ids(board.unanswered)).toEqual(['failed', 'lost', 'asleep and lost']);
    expect(ids(board.columns.agentActive)).toEqual(['calm']);
    expect(ids(board.columns.agentDisabled)).toEqual(['off']);
    expect(board.known).toEqual({ agentActive: 3, humanActive: 0, humanPriorityWindow: 0, agentDisabled: 2 });
  });

  test('filters by agent or channel', () => {
    expect(ids(boardOf(conversations, new Map(), { ...ALL, agentId: 'other' }, 'me').unanswered)).toEqual(['failed']);
    expect(boardOf(conversations, new Map(), { ...ALL, channelId: 'none' }, 'me').known.agentDisabled).toBe(0);
  });

  test('sorts a column by waiting, then window end, then age', () => {
    const state = 'humanPriorityWindow' as const;
    const window = (id: string, resumesAt: string, more: Partial<Conversation> = {}) =>
      conversationOf({ id, state, reason: 'window', resumesAt, ...more });
    const board = boardOf(
      [
        window('b', '2026-01-01T10:00:20Z'),
        window('a', '2026-01-01T10:00:10Z'),
        window('w', '2026-01-01T10:00:30Z', WAITING),
        window('c', '2026-01-01T10:00:20Z', { stateSince: '2025-12-31T00:00:00Z' }),
      ],
      new Map(),
      ALL,
      'me',
    );
    expect(ids(board.columns.humanPriorityWindow)).toEqual(['w', 'a', 'c', 'b']);
  });
});
