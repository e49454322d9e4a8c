import { initialFacts, type Facts } from './facts.ts';

const SHAPE = Object.entries(initialFacts());

/** Does the value have every fact, of the type that it has at the start? A fact that starts as null may have any type. */
export function isFacts(value: unknown): value is Facts {
  if (!isRecord(value)) return false;
  return SHAPE.every(([key, initial]) => {
    const fact = value[key];
    if (initial === null) return fact !== undefined;
    return Array.isArray(initial) ? Array.isArray(fact) : typeof fact === typeof initial;
  });
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
