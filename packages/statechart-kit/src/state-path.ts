/**
 * The paths that a state value may be asked for: each active state and those around it. A value of the machine's own
 * type gives a closed union, so that a misspelt state does not compile; else any string.
 */
export type StatePath<Value> = string extends Value
  ? string
  : Value extends string
    ? Line<Value>
    : Value extends object
      ? { [Key in keyof Value & string]: Key | `${Key}.${StatePath<Value[Key]>}` }[keyof Value & string]
      : string;

type Line<Path extends string> = Path extends `${infer Head}.${infer Rest}` ? Head | `${Head}.${Line<Rest>}` : Path;

/** The innermost active states: one, or one per region where states are parallel. Takes XState's values and paths. */
export function activeStates(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => {
    const below = activeStates(inner);
    return below.length === 0 ? [key] : below.map((path) => `${key}.${path}`);
  });
}

/** Is the state `path` itself, or inside it? */
export function isWithin(state: string, path: string): boolean {
  return state === path || state.startsWith(`${path}.`);
}

/** The state and all around it, outermost first. */
export function lineOf(state: string): string[] {
  const parts = state.split('.');
  return parts.map((_, index) => parts.slice(0, index + 1).join('.'));
}
