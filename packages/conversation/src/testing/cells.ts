import { LEAVES, type Leaf } from '@baton/protocol';
import { EVENT_TYPES, type EventType } from '../events.ts';
import { TRANSITIONS } from '../transitions.ts';

/** The leaves to which an event may lead from a leaf, as the machine declares them, without repeats. */
export function targetsOf(from: Leaf, event: EventType): Leaf[] {
  const transitions = [TRANSITIONS[from][event]].flat();
  const targets = transitions.map(({ target }) => LEAVES.find((leaf) => target === `#conversation.${leaf}`) ?? from);
  return [...new Set(targets)];
}

/** A step as a line of the table: `agentActive.idle, human.typing -> humanActive`. */
export function cellOf(from: Leaf, event: EventType, to: Leaf): string {
  return `${from}, ${event} -> ${to}`;
}

/** Every step that the machine declares. */
export function declaredCells(): string[] {
  return LEAVES.flatMap((from) =>
    EVENT_TYPES.flatMap((event) => targetsOf(from, event).map((to) => cellOf(from, event, to))),
  );
}
