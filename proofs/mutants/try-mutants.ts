import type { Mutant } from './mutant.ts';
import { type Outcome, runSuites } from './run-suites.ts';
import { ScratchCopy } from './scratch-copy.ts';

export interface TriedMutant {
  mutant: Mutant;
  outcome: Outcome;
}

/** Runs the suites against each mutant, `workers` at a time, and tells of each as it ends. */
export async function tryMutants(
  mutants: readonly Mutant[],
  workers: number,
  tell: (tried: TriedMutant) => void,
): Promise<TriedMutant[]> {
  const waiting = [...mutants];
  const tried: TriedMutant[] = [];
  const work = async (): Promise<void> => {
    const scratch = await ScratchCopy.make();
    try {
      for (let mutant = waiting.shift(); mutant; mutant = waiting.shift()) {
        const { suites } = mutant;
        const outcome = await scratch.with(mutant, () => runSuites(scratch.folder, suites));
        const one = { mutant, outcome };
        tried.push(one);
        tell(one);
      }
    } finally {
      await scratch.remove();
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, workers) }, work));
  return tried;
}
