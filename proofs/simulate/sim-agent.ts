import type { Reply } from '@baton/protocol';
import type { Replier } from '@baton/runtime';
import type { Kernel, Parked } from './kernel.ts';

const HOWS: Parked['hows'] = [
  'answers',
  'is silent',
  'hands off',
  'hands off silently',
  'fails',
  'answers and ignores aborts',
];

/** A reply names the turn it was made for, so that a check can read it off the text. */
export function replyText(turn: number): string {
  return `reply of turn ${turn}`;
}

/** An agent that answers when the schedule says so, as slowly as it likes, aborted or not. */
export function simulatedAgent(kernel: Kernel, name: string, owner: symbol): Replier {
  return {
    async reply({ turn }, _request, signal): Promise<Reply> {
      const how = await kernel.park(`${name} agent`, owner, HOWS);
      if (how !== 'answers and ignores aborts') signal.throwIfAborted();
      switch (how) {
        case 'is silent':
          return { kind: 'silence' };
        case 'hands off':
          return { kind: 'handoff', reason: 'asked for a person', text: replyText(turn) };
        case 'hands off silently':
          return { kind: 'handoff', reason: 'asked for a person', text: null };
        case 'fails':
          throw new Error('the model is overloaded');
        default:
          return { kind: 'reply', text: replyText(turn) };
      }
    },
  };
}
