import type { AnyMachineSnapshot, EventObject } from 'xstate';

/** A delayed event that waits to be raised. */
interface Timer {
  id: string | undefined;
  event: EventObject;
  /** Milliseconds of virtual time. */
  dueAt: number;
}

/** Results of XState's pure functions: snapshots with the actions to execute after each. */
type Microsteps = readonly (readonly [AnyMachineSnapshot, readonly Action[]])[];

interface Action {
  type: string;
  params?: unknown;
}

/** Timers are no part of XState's snapshots: they come as actions, and are kept beside the snapshots here. */
export class Timers {
  private readonly bySnapshot = new WeakMap<AnyMachineSnapshot, readonly Timer[]>();

  /** The earliest; of several at one time, the one that was started first. */
  next(snapshot: AnyMachineSnapshot): Timer | undefined {
    return this.of(snapshot)
      .toSorted((one, other) => one.dueAt - other.dueAt)
      .at(0);
  }

  /** Carries the timers from one snapshot over microsteps at `now`. `event` has begun them: its own timer is spent. */
  follow(before: AnyMachineSnapshot | undefined, event: EventObject | undefined, microsteps: Microsteps, now: number) {
    let timers = before === undefined ? [] : this.of(before).filter((timer) => timer.event !== event);
    for (const [snapshot, actions] of microsteps) {
      for (const action of actions) timers = apply(timers, action, now);
      this.bySnapshot.set(snapshot, timers);
    }
  }

  private of(snapshot: AnyMachineSnapshot): readonly Timer[] {
    return this.bySnapshot.get(snapshot) ?? [];
  }
}

function apply(timers: Timer[], { type, params }: Action, now: number): Timer[] {
  if (typeof params !== 'object' || params === null) return timers;
  if (type === 'xstate.cancel' && 'sendId' in params) return timers.filter(({ id }) => id !== params.sendId);
  if (type !== 'xstate.raise' || !('event' in params) || !('delay' in params)) return timers;
  const { event, delay } = params;
  if (typeof delay !== 'number' || !isEvent(event)) return timers;
  const id = 'id' in params && typeof params.id === 'string' ? params.id : undefined;
  // An id that is used again replaces its timer, as XState's scheduler does.
  return [...timers.filter((timer) => id === undefined || timer.id !== id), { id, event, dueAt: now + delay }];
}

function isEvent(event: unknown): event is EventObject {
  return typeof event === 'object' && event !== null && 'type' in event && typeof event.type === 'string';
}
