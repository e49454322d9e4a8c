import type { Transition } from '@baton/protocol';
import { edgeId } from './chart.ts';

type Leaves = Pick<Transition, 'from' | 'to' | 'fromLeaf' | 'toLeaf'>;

/** The transition that last led to another leaf, and the drawn edge that it took. */
export interface Move<T> {
  transition: T;
  edge: string;
}

/** Null where no transition changed the leaf. Old transitions have no leaves: of those, changes of the state count. */
export function lastMove<T extends Leaves>(transitions: readonly T[]): Move<T> | null {
  const transition = transitions.findLast((it) => sourceOf(it) !== targetOf(it));
  return transition ? { transition, edge: edgeId(sourceOf(transition), targetOf(transition)) } : null;
}

const sourceOf = ({ from, fromLeaf }: Leaves): string => fromLeaf ?? from;
const targetOf = ({ to, toLeaf }: Leaves): string => toLeaf ?? to;
