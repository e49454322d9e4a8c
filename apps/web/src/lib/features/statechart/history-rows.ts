import type { Transition } from '@baton/protocol';

/** One line of the history: a transition, or several alike that changed nothing, one after the other. */
export interface HistoryRow {
  /** The newest of them. */
  transition: Transition;
  count: number;
  firstVersion: number;
}

/** The newest first. An event that changes the holder always has its own line. */
export function historyRows(transitions: readonly Transition[]): HistoryRow[] {
  const rows: HistoryRow[] = [];
  for (const transition of transitions) {
    const before = rows.at(-1);
    if (before && areAlike(before.transition, transition)) {
      before.transition = transition;
      before.count += 1;
    } else {
      rows.push({ transition, count: 1, firstVersion: transition.version });
    }
  }
  return rows.toReversed();
}

const stays = ({ from, to }: Transition): boolean => from === to;

function areAlike(a: Transition, b: Transition): boolean {
  const alike = a.event.type === b.event.type && a.by.kind === b.by.kind && a.by.id === b.by.id;
  return alike && stays(a) && stays(b) && detailOf(a) === null && detailOf(b) === null;
}

/** Free text of the event: a reason, an instruction or an error. */
export function detailOf({ event }: Transition): string | null {
  const said = event['instruction'] ?? event['reason'] ?? event['error'];
  return typeof said === 'string' && said !== '' ? said : null;
}
