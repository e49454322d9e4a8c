import type { Proof, ProofOptions, Verdict } from '../proof.ts';
import { hunt, type Hunted } from './hunt.ts';
import { mutants as all } from './list.ts';
import { SUITE_NAMES } from './mutant.ts';
import { runSuites } from './run-suites.ts';
import { Scratch } from './scratch.ts';

export const mutants: Proof = {
  shows: 'Every mutant of the fence, the claims, the deadlines and the derivation is killed by the fast suites (R-7).',
  counts: { what: 'mutants, from the list’s begin', usual: all.length },
  async run(options: ProofOptions): Promise<Verdict> {
    const { count, schedule, workers, say } = options;
    const chosen = schedule === null ? all.slice(0, count) : all.slice(schedule, schedule + 1);
    const sick = await complaintOfTheHealthy();
    if (sick !== null) return { figures: {}, coverage: {}, broken: `without any mutant: ${sick}` };
    const hunted = await hunt(chosen, Math.min(2, workers), (one) => say(inWords(one)));
    const survivors = hunted.filter(({ outcome }) => outcome.kind !== 'failed');
    const killedIn: Record<string, number> = {};
    for (const { mutant } of hunted) killedIn[mutant.file] = (killedIn[mutant.file] ?? 0) + 1;
    return {
      figures: { mutants: hunted.length, killed: hunted.length - survivors.length, survived: survivors.length },
      coverage: { 'mutants of': killedIn },
      broken: survivors.length === 0 ? null : survivors.map(inWords).join('\n'),
    };
  },
};

/** Suites that fail anyway would kill everything. */
async function complaintOfTheHealthy(): Promise<string | null> {
  const scratch = await Scratch.make();
  try {
    const outcome = await runSuites(scratch.folder, SUITE_NAMES);
    return outcome.kind === 'passed' ? null : outcome.kind === 'failed' ? outcome.test : outcome.why;
  } finally {
    await scratch.remove();
  }
}

function inWords({ mutant, outcome }: Hunted): string {
  const number = all.indexOf(mutant);
  const what = `${number} “${mutant.name}”`;
  switch (outcome.kind) {
    case 'failed':
      return `killed    ${what} by ${outcome.test}`;
    case 'passed':
      return `SURVIVES  ${what} in ${mutant.file}`;
    case 'unable':
      return `STILLBORN ${what} in ${mutant.file}: ${outcome.why}`;
  }
}
