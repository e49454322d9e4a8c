import { activeStates } from './state-path.ts';

/** Words for what XState keeps as functions and objects. */

/** A guard in words, or null where there is none: `isPaid`, `leadsTo(humanActive)`, `isPaid and not isOld`. */
export function guardLabel(guard: unknown): string | null {
  return guard === undefined ? null : describe(guard);
}

/** Actions in words. The timers behind `after` are left out: their edges say the same. */
export function actionLabels(actions: readonly unknown[]): string[] {
  return actions.filter((action) => !isTimerOfAfter(action)).map(describe);
}

/** An event in words: those that XState makes itself are put into English. */
export function eventLabel(event: string): string {
  if (event === '') return 'always';
  if (event === '*') return 'any event';
  const after = /^xstate\.after\.(.+?)\.[^.]/.exec(event);
  if (after?.[1] !== undefined) return `after ${durationLabel(after[1])}`;
  if (event.startsWith('xstate.done.state.')) return 'done';
  const invoked = /^xstate\.(done|error|snapshot)\.(?:actor\.)?(.+)$/.exec(event);
  return invoked === null ? event : `${invoked[1]} of ${invoked[2]}`;
}

const UNITS = [
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
  ['ms', 1],
] as const;

/** Milliseconds in the largest unit that says them in whole numbers; a delay with a name keeps it. */
export function durationLabel(delay: string | number): string {
  const ms = Number(delay);
  const unit = UNITS.find(([, size]) => ms >= size && ms % size === 0);
  return unit === undefined ? String(delay) : `${ms / unit[1]} ${unit[0]}`;
}

function describe(part: unknown): string {
  if (typeof part === 'string') return part;
  if (typeof part === 'function') return describeFunction(part);
  if (!isRecord(part) || typeof part['type'] !== 'string') return 'inline';
  const { type, params } = part;
  return isRecord(params) ? `${type}(${describeParams(params)})` : type;
}

/** A single parameter speaks for itself, several are named. */
function describeParams(params: Record<string, unknown>): string {
  const entries = Object.entries(params);
  const [only] = entries;
  if (only !== undefined && entries.length === 1) return toText(only[1]);
  return entries.map(([name, value]) => `${name}: ${toText(value)}`).join(', ');
}

function describeFunction(part: object): string {
  const { name, type, guards, stateValue } = propertiesOf(part);
  if (Array.isArray(guards)) {
    const parts = guards.map(describe);
    return name === 'not' ? `not ${parts[0] ?? ''}` : `(${parts.join(` ${String(name)} `)})`;
  }
  if (stateValue !== undefined) return `in ${activeStates(stateValue).join(' & ')}`;
  if (typeof type === 'string') return type.replace(/^xstate\./, '');
  return typeof name === 'string' && !UNSPOKEN.has(name) ? name : 'inline';
}

/** Names that the engine gives to a function in place, after the key it stands behind. */
const UNSPOKEN = new Set(['', 'guard', 'actions', 'entry', 'exit']);

function isTimerOfAfter(action: unknown): boolean {
  if (typeof action !== 'function') return false;
  const { id, sendId } = propertiesOf(action);
  return [id, sendId].some((it) => typeof it === 'string' && it.startsWith('xstate.after.'));
}

/** XState keeps what it knows of a guard or an action as properties of the function. */
function propertiesOf(part: object): Record<string, unknown> {
  return Object.fromEntries(Object.getOwnPropertyNames(part).map((key) => [key, Reflect.get(part, key) as unknown]));
}

function toText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? typeof value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
