import type { Proof, Verdict } from './proof.ts';

export function printList(proofs: Record<string, Proof>): void {
  console.log('npm run prove -- NAME [--seed N] [--count N] [--workers N] [--schedule K]\n');
  for (const [name, { shows, counts }] of Object.entries(proofs)) {
    console.log(`${name.padEnd(12)} ${shows}`);
    if (counts) console.log(`${' '.repeat(12)} ${figure(counts.usual)} ${counts.what}`);
  }
}

/** Prints every verdict in the same shape, so that runs can be compared. */
export function printVerdict(name: string, seed: number, seconds: number, verdict: Verdict): void {
  const { figures, coverage, broken } = verdict;
  console.log(`\nproof     ${name}`);
  console.log(`seed      ${seed}`);
  for (const [what, count] of Object.entries(figures)) console.log(`counted   ${figure(count)} ${what}`);
  for (const [group, counts] of Object.entries(coverage)) console.log(`covered   ${group}: ${list(counts)}`);
  console.log(`took      ${seconds.toFixed(1)} s`);
  console.log(`verdict   ${broken === null ? 'HOLDS' : 'BROKEN'}`);
  if (broken !== null) console.log(`\n${broken}`);
}

function list(counts: Record<string, number>): string {
  const sorted = Object.entries(counts).toSorted(([, a], [, b]) => b - a);
  return sorted.map(([what, count]) => `${what} ${figure(count)}`).join(' · ');
}

export function figure(count: number): string {
  return count.toLocaleString('en').replaceAll(',', ' ');
}
