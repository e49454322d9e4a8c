import type { Ms } from '@baton/conversation';
import type { NewTransition } from '../ports/store.ts';

/** When these transitions last led into another state; null where they stay in the one they began in. */
export function stateChangedAt(transitions: readonly NewTransition[]): Ms | null {
  return transitions.findLast(({ from, to }) => from !== to)?.at ?? null;
}
