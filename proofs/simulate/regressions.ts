import type { Move } from './move.ts';

/** Shrunk schedules that once broke a rule. */

/**
 * Seed 1, schedule 1620: a late sender marked its message `queued`, lost the answer, and repeated the mark while the next
 * sender was sending the message. It was sent twice.
 */
export const MARK_SAID_AGAIN: Move[] = [
  {
    do: 'act',
    at: 0,
    in: 1,
    act: { act: 'teammate sends', who: 'uma', n: 5, seen: 'forced', note: false },
  },
  { do: 'go on', what: 'node 0 load', nth: 0, how: 'done' },
  { do: 'go on', what: 'node 0 commit', nth: 0, how: 'done, answer under way' },
  { do: 'go on', what: 'node 1 claimSends', nth: 0, how: 'done, answer under way' },
  { do: 'time', ms: 20_920 },
  { do: 'go on', what: 'node 1 claimSends answer', nth: 0, how: 'arrives' },
  { do: 'go on', what: 'node 1 markDeliveries', nth: 0, how: 'answer lost' },
  { do: 'time', ms: 357 },
  { do: 'time', ms: 643 },
];

/**
 * Seed 23, schedule 164123: a node received its job 23 s late, after another node had claimed and sent the reply with an
 * unknown outcome. The first node claimed and sent it again, on a channel that shows it twice.
 */
export const CLAIM_HEARD_LATE: Move[] = [
  { do: 'act', at: 0, in: 1, act: { act: 'customer writes', n: 1 } },
  { do: 'go on', what: 'node 0 load', nth: 0, how: 'done' },
  { do: 'go on', what: 'node 0 commit', nth: 0, how: 'done, answer under way' },
  { do: 'go on', what: 'node 0 commit answer', nth: 0, how: 'arrives' },
  { do: 'time', ms: 459 },
  { do: 'time', ms: 547 },
  { do: 'time', ms: 994 },
  { do: 'go on', what: 'node 0 claimDue', nth: 0, how: 'done' },
  { do: 'go on', what: 'node 0 now', nth: 0, how: 'done' },
  { do: 'go on', what: 'node 0 commit', nth: 0, how: 'done' },
  { do: 'go on', what: 'node 0 claimReplies', nth: 0, how: 'done' },
  { do: 'go on', what: 'node 0 load', nth: 0, how: 'done' },
  { do: 'go on', what: 'node 0 readTranscripts', nth: 0, how: 'done' },
  { do: 'go on', what: 'node 0 agent', nth: 0, how: 'answers and ignores aborts' },
  { do: 'go on', what: 'node 0 commit', nth: 0, how: 'done, answer under way' },
  { do: 'start', node: 2 },
  { do: 'go on', what: 'node 0 commit answer', nth: 0, how: 'arrives' },
  { do: 'go on', what: 'node 2 claimSends', nth: 0, how: 'done, answer under way' },
  { do: 'time', ms: 23_404 },
  { do: 'go on', what: 'node 0 claimSends', nth: 0, how: 'done' },
  { do: 'go on', what: 'node 0 commit', nth: 0, how: 'done' },
  { do: 'go on', what: 'node 0 sends', nth: 0, how: 'arrived, answer lost' },
];
