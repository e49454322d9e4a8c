import { initialFacts, type Facts } from './facts.ts';

const SHAPE = Object.entries(initialFacts());

/** Has this every fact, each of the kind it has at the start? Nullable facts start as null: they may be null or an object, number or string. */
export function isFacts(value: unknown): value is Facts {
  if (typeof value !== 'object' || value === null) return false;
  const stored = value as Record<string, unknown>;
  return SHAPE.every(([key, initial]) => {
    const fact = stored[key];
    if (initial === null) return fact !== undefined;
    return Array.isArray(initial) ? Array.isArray(fact) : typeof fact === typeof initial;
  });
}
