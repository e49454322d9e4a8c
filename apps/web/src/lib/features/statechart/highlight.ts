import { createContext } from 'svelte';
import type { StateId } from './chart.ts';

/** The highlighted parts of the drawing. Getters keep nodes and edges up to date without making them anew. */
export interface Highlight {
  readonly leaf: StateId;
  /** Id of the edge that the last transition took. */
  readonly edge: string | null;
}

export const [getHighlight, setHighlight] = createContext<Highlight>();
