import { chaos } from './chaos/chaos.ts';
import { model } from './model/model.ts';
import { mutants } from './mutants/mutants.ts';
import type { Proof } from './proof.ts';
import { races } from './races/races.ts';
import { simulate } from './simulate/simulate.ts';
import { statechart } from './statechart/statechart.ts';

/** Every proof by its name: `npm run prove -- NAME`. */
export const proofs: Record<string, Proof> = { statechart, simulate, model, mutants, races, chaos };
