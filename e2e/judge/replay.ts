import { isDeepStrictEqual } from 'node:util';
import { loadSnapshot, type Snapshot, stateOf, step } from '@baton/conversation';
import { type Contest, contestOf } from './contest.ts';
import type { Evidence, StoredTransition } from './evidence.ts';

export interface Replayed {
  /** Each act of a person, in order. */
  contests: Contest[];
  violations: string[];
}

/** Replays the history. Each step must lead to its recorded state, and the end must equal the stored snapshot (TIME-3). */
export function replay({ transitions, snapshot: stored, received }: Evidence, start: Snapshot): Replayed {
  const arrivedAt = new Map(received.map(({ messageId, at }) => [messageId, at]));
  const violations: string[] = [];
  const contests: Contest[] = [];
  let snapshot = start;
  try {
    for (const transition of transitions) {
      const { after } = step(snapshot, transition.event);
      const broken = judgeStep(transition, snapshot, after);
      if (broken !== null) violations.push(broken);
      const contest = contestOf(transition.event, transition.by, snapshot, arrivedAt);
      if (contest) contests.push(contest);
      snapshot = after;
    }
    const kept = loadSnapshot(stored);
    if (!isDeepStrictEqual(kept, snapshot)) {
      violations.push(`[TIME-3] the history replays to another snapshot: ${difference(kept, snapshot)}`);
    }
  } catch (error) {
    violations.push(`[TIME-3] the history cannot be replayed: ${String(error)}`);
  }
  return { contests, violations };
}

/** The facts that differ, by name. */
function difference(kept: Snapshot, replayed: Snapshot): string {
  const facts = new Map(Object.entries(replayed.context));
  return Object.entries(kept.context)
    .filter(([name, value]) => !isDeepStrictEqual(value, facts.get(name)))
    .map(([name, value]) => `${name} is ${JSON.stringify(value)}, not ${JSON.stringify(facts.get(name))}`)
    .join('; ');
}

function judgeStep(stored: StoredTransition, before: Snapshot, after: Snapshot): string | null {
  const { version, event, from, to, fromLeaf, toLeaf } = stored;
  const isOfLeaves = from === stateOf(fromLeaf) && to === stateOf(toLeaf);
  if (!isOfLeaves || before.value !== fromLeaf || after.value !== toLeaf) {
    return `[TIME-3] version ${version} says ${fromLeaf} (${from}) to ${toLeaf} (${to}), and leads from ${before.value} to ${after.value}`;
  }
  if (event.type === 'reply.ready' && from !== 'agentActive') return `[HOLD-2] reply at version ${version} in ${from}`;
  if (event.type !== 'reply.claimed' || from === 'agentActive') return null;
  const isClosing = before.context.closing?.messageId === event.messageId;
  return isClosing && from === 'agentDisabled' ? null : `[HOLD-2] claim at version ${version} in ${from}`;
}
