import { advance, initialSnapshot, nextDeadline, NO_RULES, SYSTEM, type ConversationEvent } from '@baton/conversation';
import { createMachine, transition } from 'xstate';
import { seconds, type Figure } from './figure.ts';

const ROUNDS = 20_000;
const CUSTOMER = { kind: 'customer', id: 'customer', name: 'Cleo' } as const;

/** Events through the whole statechart, against a machine of two states that does nothing. */
export async function statechart(): Promise<Figure[]> {
  let events = 0;
  const took = await seconds(() => {
    for (let round = 0; round < ROUNDS / 4; round += 1) {
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
  return [{ name: 'statechart: events', perSecond: events / took, limit: await emptyMachine() }];
}

async function emptyMachine(): Promise<Figure['limit']> {
  const machine = createMachine({
    initial: 'off',
    states: { off: { on: { toggle: 'on' } }, on: { on: { toggle: 'off' } } },
  });
  let snapshot = machine.resolveState({ value: 'off' });
  const took = await seconds(() => {
    for (let round = 0; round < ROUNDS; round += 1) [snapshot] = transition(machine, snapshot, { type: 'toggle' });
  });
  return { name: 'XState, two states', perSecond: ROUNDS / took };
}
