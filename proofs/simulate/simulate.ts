import type { Proof, ProofOptions, Verdict } from '../proof.ts';
import { inShards } from '../shards.ts';
import type { Tally } from '../tally.ts';
import { describeMove, type Move } from './move.ts';
import { replay, runSchedule } from './schedule.ts';
import { shrink } from './shrink.ts';

export const simulate: Proof = {
  shows: 'The real runtime keeps every promise, however its calls interleave, get lost or outlive their node (R-1).',
  counts: { what: 'schedules', usual: 1_000_000 },
  run: (options) => (options.schedule === null ? many(options) : one(options, options.schedule)),
};

async function many(options: ProofOptions): Promise<Verdict> {
  const { tally, least, broken, schedule } = await inShards(new URL('simulate.worker.ts', import.meta.url), options);
  const figures = {
    schedules: options.count,
    events: sum(tally['events']),
    faults: sum(tally['faults']),
    'events in the least eventful schedule': least['events'] ?? 0,
    'faults in the least faulty schedule': least['faults'] ?? 0,
  };
  if (broken === null || schedule === null) return { figures, coverage: tally, broken };
  return { figures, coverage: tally, broken: await tell(options.seed, schedule) };
}

async function one({ seed }: ProofOptions, schedule: number): Promise<Verdict> {
  const tally: Tally = {};
  const { broken, moves, events, faults } = await runSchedule(seed, schedule, tally);
  const figures = { moves: moves.length, events, faults };
  return { figures, coverage: tally, broken: broken === null ? null : await tell(seed, schedule) };
}

/** The shrunk schedule of a breach, and the database rows after it. */
async function tell(seed: number, schedule: number): Promise<string> {
  const { broken, moves } = await runSchedule(seed, schedule, {});
  const fewest = broken === null ? moves : await shrink(moves, broken);
  return [
    `${broken} in schedule ${schedule}`,
    `${fewest.length} of its ${moves.length} moves are enough:`,
    ...fewest.map((move, index) => `${String(index + 1).padStart(4)}  ${describeMove(move)}`),
    ...(await endOf(fewest)),
    `again: npm run prove -- simulate --seed ${seed} --schedule ${schedule}`,
  ].join('\n');
}

async function endOf(moves: Move[]): Promise<string[]> {
  const { world } = await replay(moves);
  const rows = world.keys.map((key) => world.store.row(key)).filter(({ version }) => version > 0);
  return rows.flatMap(({ key, transitions, messages }) => [
    `in the end ${key.conversationId} holds`,
    ...transitions.map(({ version, event, from, to }) => {
      const { type, at, by: _, ...details } = event;
      return `      ${version}. ${at % 86_400_000} ms ${type} ${from} -> ${to} ${JSON.stringify(details)}`;
    }),
    ...messages.map(
      ({ message: { seq, author, text, delivery } }) => `      ${seq} ${author.kind}: ${text} (${delivery})`,
    ),
  ]);
}

function sum(counts: Record<string, number> = {}): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}
