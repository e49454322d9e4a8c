import { initialSnapshot, NO_RULES, type Rules } from '@baton/conversation';
import { type Abstraction, ADA, BEN, declaredCells, explore } from '@baton/conversation/testing';
import { figure } from '../print.ts';
import type { Proof, ProofOptions, Verdict } from '../proof.ts';
import { inShards } from '../shards.ts';
import type { Tally } from '../tally.ts';
import { runSequence } from './sequence.ts';

const USUAL: Rules = { ...NO_RULES, version: 1, replyDelaySeconds: 2, humanPriorityWindowSeconds: 30 };
const SHORT: Rules = { ...USUAL, humanPriorityWindowSeconds: 4 };
const OTHERS: Rules[] = [
  { ...USUAL, version: 2, muteWhenHumanActive: false },
  { ...USUAL, version: 3, humanPriorityWindowSeconds: 0 },
  { ...USUAL, version: 4, paused: true },
];

/** The spaces that are walked edge by edge. Each has one waiting message and time in ticks of 2 s. */
const SPACES: Record<string, { rules: Rules; abstraction: Abstraction }> = {
  'two teammates, changing rules': {
    rules: USUAL,
    abstraction: { teammates: [ADA, BEN], rules: [USUAL, ...OTHERS], withFaults: false },
  },
  'one teammate, failing agents and deliveries': {
    rules: SHORT,
    abstraction: { teammates: [ADA], rules: [], withFaults: true },
  },
};

export const statechart: Proof = {
  shows: 'Every edge of the statechart, and long random lives of it, keep every invariant (R-6).',
  counts: { what: 'random sequences, after the whole state space', usual: 1_000_000 },
  run: (options) => (options.schedule === null ? everything(options) : Promise.resolve(one(options, options.schedule))),
};

function one({ seed }: ProofOptions, schedule: number): Verdict {
  const coverage: Tally = {};
  runSequence(seed, schedule, coverage);
  return { figures: { 'random sequences': 1 }, coverage, broken: null };
}

async function everything(options: ProofOptions): Promise<Verdict> {
  const figures: Verdict['figures'] = {};
  try {
    for (const [name, { rules, abstraction }] of Object.entries(SPACES)) {
      const start = initialSnapshot({ agentId: 'agent', rules });
      options.say(`${name} …`);
      let told = 0;
      const found = explore(abstraction, start, ({ states, edges }) => {
        if (edges - told < 500_000) return;
        told = edges;
        options.say(`${figure(states)} states, ${figure(edges)} edges`);
      });
      figures[`states: ${name}`] = found.states;
      figures[`edges: ${name}`] = found.edges;
    }
  } catch (error) {
    return { figures, coverage: {}, broken: error instanceof Error ? error.message : String(error) };
  }
  const { tally, broken, schedule } = await inShards(new URL('sequences.worker.ts', import.meta.url), options);
  figures['random sequences'] = options.count;
  figures['random events'] = Object.values(tally['events'] ?? {}).reduce((sum, events) => sum + events, 0);
  const { cells = {}, ...coverage } = tally;
  const declared = declaredCells();
  figures['declared steps of the table'] = declared.length;
  figures['of them taken by random sequences'] = declared.filter((cell) => cell in cells).length;
  const again = `again: npm run prove -- statechart --seed ${options.seed} --schedule ${schedule}`;
  return { figures, coverage, broken: broken === null ? null : `${broken}\n${again}` };
}
