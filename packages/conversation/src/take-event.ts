import type { Leaf } from '@baton/protocol';
import { createActor, type ActorScope, type SnapshotFrom } from 'xstate';
import type { Facts } from './facts.ts';
import { conversationMachine, type AppliedEvent } from './machine.ts';

type MachineSnapshot = SnapshotFrom<typeof conversationMachine>;

export interface Taken {
  context: Facts;
  leaf: string;
  /** Names of the machine's actions in their order, without `assign`. */
  actions: string[];
}

/**
 * Sends one event through the machine, as XState's `transition()` does. It is three times as fast, since it resolves each
 * leaf once, where `transition()` makes an actor and enters the initial state on every call.
 */
export function takeEvent(from: Leaf, context: Facts, event: AppliedEvent): Taken {
  const actions: Taken['actions'] = [];
  const actionExecutor: Scope['actionExecutor'] = ({ type }) => actions.push(type);
  const next = conversationMachine.transition({ ...snapshotAt(from), context }, event, { ...inert, actionExecutor });
  return { context: next.context, leaf: toLeaf(next.value), actions };
}

type Scope = ActorScope<MachineSnapshot, AppliedEvent>;

/** Dummy actor: `transition()` needs a reference but does not use it. It is never started. */
const self = createActor(conversationMachine, { input: undefined });
const nothing = (): void => {};
const inert: Scope = {
  self,
  id: self.id,
  sessionId: self.sessionId,
  system: self.system,
  logger: nothing,
  defer: nothing,
  emit: nothing,
  actionExecutor: nothing,
  stopChild: nothing,
};

const snapshots = new Map<Leaf, MachineSnapshot>();

function snapshotAt(leaf: Leaf): MachineSnapshot {
  const known = snapshots.get(leaf);
  if (known) return known;
  const [state = leaf, phase] = leaf.split('.');
  const value = phase === undefined ? state : { [state]: phase };
  const resolved = conversationMachine.resolveState({ value, context: self.getSnapshot().context });
  snapshots.set(leaf, resolved);
  return resolved;
}

/** No state is parallel: an object has one key. */
function toLeaf(value: MachineSnapshot['value']): string {
  if (typeof value === 'string') return value;
  const [[state, phase] = []] = Object.entries(value);
  return `${state}.${phase}`;
}
