import type { Cause, Transition } from '@baton/protocol';

/** What somebody told the agent on handing back. The team's own: its customer never sees it. */
export interface Instruction {
  version: number;
  by: Cause;
  at: string;
  text: string;
}

export function instructionsIn(transitions: readonly Transition[]): Instruction[] {
  return transitions.flatMap(({ version, event, by, at }) => {
    const text = event['instruction'];
    return typeof text === 'string' && text !== '' ? [{ version, by, at, text }] : [];
  });
}
