import { advance, initialSnapshot, nextDeadline, NO_RULES, SYSTEM, type ConversationEvent } from '@baton/conversation';
import { createMachine, transition } from 'xstate';
import type { Figure } from './harness/figure.ts';
import type { Scale } from './harness/scale.ts';
import { seconds } from './harness/timing.ts';

const CUSTOMER = { kind: 'customer', id: 'customer', name: 'Cleo' } as const;

/** Events through the whole statechart, against a machine of two states that does nothing. */
export async function statechart({ pick }: Scale): Promise<Figure[]> {
  const rounds = pick(10_000, 50_000);
  let events = 0;
  const took = await seconds(() => {
    for (let round = 0; round < rounds; round += 1) {
      let snapshot = initialSnapshot({ agentId: 'agent', rules: NO_RULES });
      const apply = (event: ConversationEvent) => {
        const steps = advance(snapshot, event);
        events += steps.length;
        snapshot = steps.at(-1)?.after ?? snapshot;
      };
      apply({ type: 'customer.message', at: 1_000, by: CUSTOMER, messageId: 'question' });
      apply({ type: 'deadline.passed', at: nextDeadline(snapshot) ?? 0, by: SYSTEM, renewed: {} });
      apply({ type: 'reply.ready', at: 4_000, by: SYSTEM, turn: snapshot.context.turn, messageId: 'answer' });
      apply({ type: 'reply.claimed', at: 4_001, by: SYSTEM, turn: snapshot.context.turn, messageId: 'answer' });
    }
  });
  const limit = { name: 'XState, two states', value: await emptyMachine(rounds * 4) };
  return [{ goal: null, name: 'statechart', value: events / took, unit: 'events/s', limit, details: {} }];
}

async function emptyMachine(rounds: number): Promise<number> {
  const machine = createMachine({
    initial: 'off',
    states: { off: { on: { toggle: 'on' } }, on: { on: { toggle: 'off' } } },
  });
  let snapshot = machine.resolveState({ value: 'off' });
  const took = await seconds(() => {
    for (let round = 0; round < rounds; round += 1) [snapshot] = transition(machine, snapshot, { type: 'toggle' });
  });
  return rounds / took;
}
