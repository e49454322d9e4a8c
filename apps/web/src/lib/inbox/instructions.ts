import type { Cause, Transition } from '@baton/protocol';

/** An instruction given to the agent with a hand-back. The customer never sees it. */
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
