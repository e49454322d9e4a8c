import type { Mutant } from './mutant.ts';
import { type Outcome, runSuites } from './run-suites.ts';
import { Scratch } from './scratch.ts';

export interface Hunted {
  mutant: Mutant;
  outcome: Outcome;
}

/** Runs the suites against each mutant, `workers` at a time, and tells of each as it ends. */
export async function hunt(
  mutants: readonly Mutant[],
  workers: number,
  tell: (hunted: Hunted) => void,
): Promise<Hunted[]> {
  const waiting = [...mutants];
  const hunted: Hunted[] = [];
  const work = async (): Promise<void> => {
    const scratch = await Scratch.make();
    try {
      for (let mutant = waiting.shift(); mutant; mutant = waiting.shift()) {
        const { suites } = mutant;
        const outcome = await scratch.with(mutant, () => runSuites(scratch.folder, suites));
        const one = { mutant, outcome };
        hunted.push(one);
        tell(one);
      }
    } finally {
      await scratch.remove();
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, workers) }, work));
  return hunted;
}
