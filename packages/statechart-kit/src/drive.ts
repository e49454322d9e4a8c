import {
  getInitialMicrosteps,
  getMicrosteps,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  type EventFromLogic,
  type EventObject,
  type InputFrom,
  type SnapshotFrom,
} from 'xstate';
import { Run, type Chart, type Taken } from './run.ts';
import { Timers } from './timers.ts';

/** Drives a statechart that keeps its deadlines itself, as facts. */
export function drive<
  Snapshot extends { value: unknown },
  Event extends { type: string },
  Step extends Taken<Snapshot, Event> = Taken<Snapshot, Event>,
>(chart: Chart<Snapshot, Event, Step>): Run<Snapshot, Event, Step> {
  return new Run(chart);
}

/** A machine under way: events of its own go in, and those that its timers raise are seen as well. */
export type MachineRun<Machine extends AnyStateMachine> = Run<SnapshotFrom<Machine>, EventFromLogic<Machine>>;

/**
 * Drives an XState machine as it is, with `after` and delayed `raise` on virtual time. Actions are not executed and
 * actors are not started: send the events that they would send.
 */
export function driveMachine<Machine extends AnyStateMachine>(
  machine: Machine,
  options: { input?: InputFrom<Machine>; onStep?: MachineRun<Machine>['chart']['onStep'] } = {},
): MachineRun<Machine> {
  const timers = new Timers();
  const begun = getInitialMicrosteps<AnyStateMachine>(machine, options.input);
  timers.follow(undefined, undefined, begun, 0);
  const snapshot = begun.at(-1)?.[0];
  if (snapshot === undefined) throw new Error(`${machine.id} has no initial state`);

  const chart: Chart<AnyMachineSnapshot, EventObject> = {
    machine,
    snapshot,
    step(before, event, now) {
      // XState returns the same snapshot when no transition takes the event; timers need one snapshot per moment.
      const microsteps = getMicrosteps<AnyStateMachine>(machine, before, event).map(
        ([after, actions]) => [{ ...after }, actions] as const,
      );
      timers.follow(before, event, microsteps, now);
      return microsteps.map(([after], index) => ({ event: index === 0 ? event : null, after }));
    },
    nextDeadline: (at) => timers.next(at)?.dueAt ?? null,
    deadlineEvent: (_, at) => timers.next(at)?.event ?? { type: '' },
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- XState's own functions lose the machine's types here
  return drive({ ...chart, onStep: options.onStep } as unknown as MachineRun<Machine>['chart']);
}
