import { topOf, type StateId } from './chart.ts';

const LIT: Record<string, string> = {
  agentActive: 'border-agent bg-agent-soft text-agent',
  humanActive: 'border-human bg-human-soft text-human',
  humanPriorityWindow: 'border-window bg-window-soft text-window',
  agentDisabled: 'border-off bg-off-soft text-off',
};

/** The classes of a state that the conversation is in. */
export function activeColours(id: StateId): string {
  return LIT[topOf(id)] ?? '';
}
