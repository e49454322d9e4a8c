import { stateLabel } from '../holding/labels.ts';
import { m } from '../../paraglide/messages.js';
import { topOf, type StateId } from './chart.ts';

const PHASES = {
  'agentActive.idle': m.statechart_idle,
  'agentActive.gathering': m.statechart_gathering,
  'agentActive.replying': m.statechart_replying,
  'agentActive.sending': m.statechart_sending,
};

export function stateName(id: StateId): string {
  switch (id) {
    case 'agentActive':
    case 'humanActive':
    case 'agentDisabled':
      return stateLabel(id);
    case 'humanPriorityWindow':
      return m.statechart_human_priority_window();
    case 'agentActive.idle':
    case 'agentActive.gathering':
    case 'agentActive.replying':
    case 'agentActive.sending':
      return PHASES[id]();
  }
}

/** The full name of a leaf: *Agent active, gathering*. */
function leafLabel(id: StateId): string {
  if (topOf(id) === id) return stateName(id);
  return m.statechart_place_in({ state: stateLabel('agentActive'), phase: stateName(id).toLocaleLowerCase() });
}

export const pictureLabel = (id: StateId): string => m.statechart_picture({ place: leafLabel(id) });
export const nowLabel = (id: StateId): string => m.statechart_now({ place: leafLabel(id) });
export const targetLabel = (id: StateId): string => m.statechart_to({ state: stateName(id) });

const USUAL_LABELS: Readonly<Record<string, () => string>> = {
  'agentActive.idle -> agentActive.gathering': m.statechart_way_writes,
  'agentActive.gathering -> agentActive.replying': m.statechart_way_quiet,
  'agentActive.replying -> agentActive.gathering': m.statechart_way_writes,
  'agentActive.replying -> agentActive.sending': m.statechart_way_ready,
  'agentActive.sending -> agentActive.idle': m.statechart_way_claimed,
  'agentActive -> humanActive': m.statechart_way_types,
  'agentActive -> humanPriorityWindow': m.statechart_way_answers,
  'agentActive -> agentDisabled': m.statechart_way_off,
  'humanActive -> humanPriorityWindow': m.statechart_way_answers,
  'humanActive -> agentActive': m.statechart_way_stops,
  'humanActive -> agentDisabled': m.statechart_way_off,
  'humanPriorityWindow -> humanActive': m.statechart_way_types,
  'humanPriorityWindow -> agentActive': m.statechart_way_window_ends,
  'humanPriorityWindow -> agentDisabled': m.statechart_way_off,
  'agentDisabled -> agentActive': m.statechart_way_on,
};

/** The label of an edge's usual event; empty where the edge has none. */
export function edgeLabel(id: string): string {
  return USUAL_LABELS[id]?.() ?? '';
}
