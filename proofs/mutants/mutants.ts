import type { Proof, ProofOptions, Verdict } from '../proof.ts';
import { tryMutants, type TriedMutant } from './try-mutants.ts';
import { mutants as all } from './list.ts';
import { SUITE_NAMES } from './mutant.ts';
import { runSuites } from './run-suites.ts';
import { ScratchCopy } from './scratch-copy.ts';

export const mutants: Proof = {
  shows: 'Every mutant of the fence, the claims, the deadlines and the derivation is killed by the fast suites (R-7).',
  counts: { what: 'mutants, from the start of the list', usual: all.length },
  async run(options: ProofOptions): Promise<Verdict> {
    const { count, schedule, workers, say } = options;
    const chosen = schedule === null ? all.slice(0, count) : all.slice(schedule, schedule + 1);
    const failure = await failureWithoutMutant();
    if (failure !== null) return { figures: {}, coverage: {}, broken: `without any mutant: ${failure}` };
    const tried = await tryMutants(chosen, Math.min(2, workers), (one) => say(lineOf(one)));
    const survivors = tried.filter(({ outcome }) => outcome.kind !== 'failed');
    const killedIn: Record<string, number> = {};
    for (const { mutant } of tried) killedIn[mutant.file] = (killedIn[mutant.file] ?? 0) + 1;
    return {
      figures: { mutants: tried.length, killed: tried.length - survivors.length, survived: survivors.length },
      coverage: { 'mutants of': killedIn },
      broken: survivors.length === 0 ? null : survivors.map(lineOf).join('\n'),
    };
  },
};

/** Suites that fail without a mutant would kill every mutant. */
async function failureWithoutMutant(): Promise<string | null> {
  const scratch = await ScratchCopy.make();
  try {
    const outcome = await runSuites(scratch.folder, SUITE_NAMES);
    return outcome.kind === 'passed' ? null : outcome.kind === 'failed' ? outcome.test : outcome.why;
  } finally {
    await scratch.remove();
  }
}

function lineOf({ mutant, outcome }: TriedMutant): string {
  const number = all.indexOf(mutant);
  const what = `${number} “${mutant.name}”`;
  switch (outcome.kind) {
    case 'failed':
      return `killed    ${what} by ${outcome.test}`;
    case 'passed':
      return `SURVIVES  ${what} in ${mutant.file}`;
    case 'notRun':
      return `NOT RUN   ${what} in ${mutant.file}: ${outcome.why}`;
  }
}
