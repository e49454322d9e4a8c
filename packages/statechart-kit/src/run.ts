import type { AnyStateMachine } from 'xstate';
import { activeStates } from './state-path.ts';

/** Milliseconds of virtual time. */
type Ms = number;

/** One step that a statechart took. A step of your own may carry more, such as effects: the run keeps it as it is. */
export interface Taken<Snapshot, Event> {
  /** Null where the machine went on by itself, at once. */
  event: Event | null;
  after: Snapshot;
}

/** A statechart that can be driven: pure functions, and where to begin. Times are absolute, in milliseconds. */
export interface Chart<Snapshot, Event, Step extends Taken<Snapshot, Event> = Taken<Snapshot, Event>> {
  snapshot: Snapshot;
  /** Applies one event; several steps where deadlines are settled before it or the machine goes on by itself. */
  step: (snapshot: Snapshot, event: Event, now: Ms) => readonly Step[];
  /** When something is due by itself next, or null. */
  nextDeadline: (snapshot: Snapshot) => Ms | null;
  /** The event by which a due deadline is worked off. */
  deadlineEvent: (now: Ms, snapshot: Snapshot) => Event;
  /** For drawings: the edges out of where it stands. */
  machine?: AnyStateMachine;
  /** Sees every step: a check of invariants, a recorder. */
  onStep?: (step: Step, path: PathStep) => void;
}

/** One step of the way, as drawn and counted. */
export interface PathStep {
  at: Ms;
  /** Type of the event, null where the machine went on by itself. */
  event: string | null;
  /** The innermost active states. */
  from: readonly string[];
  to: readonly string[];
}

/** More at one instant is a deadline that is due again each time it is worked off. */
const MAX_DEADLINES_AT_ONCE = 1000;

/** A statechart under a virtual clock that starts at 0, and the way it went. */
export class Run<
  Snapshot extends { value: unknown },
  Event extends { type: string },
  Step extends Taken<Snapshot, Event> = Taken<Snapshot, Event>,
> {
  readonly chart: Chart<Snapshot, Event, Step>;
  /** Where it began. */
  readonly start: readonly string[];
  snapshot: Snapshot;
  now: Ms = 0;
  readonly steps: Step[] = [];
  readonly path: PathStep[] = [];

  constructor(chart: Chart<Snapshot, Event, Step>) {
    this.chart = chart;
    this.snapshot = chart.snapshot;
    this.start = activeStates(chart.snapshot.value);
  }

  /** The innermost active states: one, or one per parallel region. */
  get states(): string[] {
    return activeStates(this.snapshot.value);
  }

  send(event: Event): this {
    for (const step of this.chart.step(this.snapshot, event, this.now)) {
      const from = this.states;
      this.snapshot = step.after;
      const taken = { at: this.now, event: step.event?.type ?? null, from, to: this.states };
      this.steps.push(step);
      this.path.push(taken);
      this.chart.onStep?.(step, taken);
    }
    return this;
  }

  /** Lets time pass; each deadline fires when it is due. */
  wait(ms: Ms): this {
    const end = this.now + ms;
    while (this.fireNext(end));
    this.now = end;
    return this;
  }

  /** Lets time pass while nobody looks: no deadline fires. They are late at the next `wait`. */
  sleep(ms: Ms): this {
    this.now += ms;
    return this;
  }

  /** Waits, at most `ms`, until this holds. Returns whether it does. */
  waitUntil(holds: () => boolean, ms: Ms): boolean {
    const end = this.now + ms;
    while (!holds()) {
      if (this.fireNext(end)) continue;
      this.now = end;
      return false;
    }
    return true;
  }

  /** Another run that goes on from here; this one does not see it, nor does `onStep`. */
  fork(): Run<Snapshot, Event, Step> {
    const { onStep: _, ...chart } = this.chart;
    const fork = new Run({ ...chart, snapshot: this.snapshot });
    fork.now = this.now;
    return fork;
  }

  private fireNext(end: Ms): boolean {
    const due = this.chart.nextDeadline(this.snapshot);
    if (due === null || due > end) return false;
    this.now = Math.max(this.now, due);
    const before = this.path.at(-MAX_DEADLINES_AT_ONCE);
    if (before?.at === this.now && before.event === this.path.at(-1)?.event) {
      throw new Error(
        `the deadline at ${due} ms is due again each time it is worked off, in ${this.states.join(', ')}`,
      );
    }
    this.send(this.chart.deadlineEvent(this.now, this.snapshot));
    return true;
  }
}
