import type { Reply } from '@baton/protocol';
import type { Replier } from '@baton/runtime';
import type { Kernel, Pending } from './kernel.ts';

const HOWS: Pending['hows'] = [
  'answers',
  'is silent',
  'hands off',
  'hands off silently',
  'fails',
  'answers and ignores aborts',
];

/** A reply's text contains its turn, so that checks can read it. */
export function replyText(turn: number): string {
  return `reply of turn ${turn}`;
}

/** An agent that answers when the schedule decides, even after an abort. */
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
