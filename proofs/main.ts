import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { printList, printVerdict } from './print.ts';
import { proofs } from './registry.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string' },
    schedule: { type: 'string' },
    workers: { type: 'string' },
  },
});
const [name, ...more] = positionals;
const proof = name !== undefined && Object.hasOwn(proofs, name) ? proofs[name] : undefined;

if (name === undefined) {
  printList(proofs);
} else if (!proof || more.length > 0) {
  console.error(`One proof at a time: ${Object.keys(proofs).join(', ')}.`);
  process.exitCode = 1;
} else {
  const seed = whole('seed', values.seed);
  const begun = performance.now();
  const verdict = await proof.run({
    seed,
    count: values.count === undefined ? (proof.counts?.usual ?? 0) : whole('count', values.count),
    schedule: values.schedule === undefined ? null : whole('schedule', values.schedule),
    workers: values.workers === undefined ? availableParallelism() : whole('workers', values.workers),
    say: (progress) => console.log(`${((performance.now() - begun) / 1000).toFixed(0).padStart(6)} s  ${progress}`),
  });
  printVerdict(name, seed, (performance.now() - begun) / 1000, verdict);
  process.exitCode = verdict.broken === null ? 0 : 1;
}

function whole(option: string, given: string): number {
  const value = Number(given);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new Error(`--${option} is a whole number, not ${given}`);
}
