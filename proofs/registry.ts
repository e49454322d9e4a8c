import type { Proof } from './proof.ts';
import { statechart } from './statechart/statechart.ts';

/** Every proof by its name: `npm run prove -- NAME`. */
export const proofs: Record<string, Proof> = { statechart };
