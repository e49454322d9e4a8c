import { createContext } from 'svelte';
import type { StateId } from './chart.ts';

/** What is lit in the drawing: a getter each, so that nodes and edges follow without being made anew. */
export interface Lit {
  readonly leaf: StateId;
  /** Id of the way that the last transition took. */
  readonly way: string | null;
}

export const [getLit, setLit] = createContext<Lit>();
