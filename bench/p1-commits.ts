import type { ConversationKey, ConversationRuntime } from '@baton/runtime';
import { withDatabase, type BenchDatabase } from './harness/database.ts';
import type { Figure } from './harness/figure.ts';
import { recording, replay } from './harness/recording.ts';
import { runtimeOver } from './harness/runtime.ts';
import type { Scale } from './harness/scale.ts';
import { closedLoop, seconds } from './harness/timing.ts';
import { conversations, question } from './harness/workspace.ts';

/** So many that few messages wait in each, as where people are answered. */
const CONVERSATIONS = 8_000;
const WRITERS = 512;
const PARALLEL = 2;

/**
 * P-1: customer messages through the runtime into PostgreSQL, fsync on, full schema and fence; against the very statements
 * that it sent, sent again bare to a copy of the same database. Both take turns, so that a noisy machine disturbs both.
 */
export async function commits({ pick }: Scale): Promise<Figure[]> {
  const turns = pick(3, 8);
  const forSeconds = pick(3, 10);
  return withDatabase(async (database) => {
    const keys = await database.prepare((connections) => conversations(connections, CONVERSATIONS));
    return [
      await compare(database, keys, { name: 'spread, one event each', burst: 1, turns, forSeconds, wanted: 7_000 }),
      await compare(database, keys, {
        name: 'four events per conversation',
        burst: 4,
        turns,
        forSeconds,
        wanted: 12_000,
      }),
    ];
  });
}

interface Plan {
  name: string;
  /** Messages of one conversation at once. */
  burst: number;
  turns: number;
  forSeconds: number;
  wanted: number;
}

async function compare(database: BenchDatabase, keys: ConversationKey[], plan: Plan): Promise<Figure> {
  const names = [`through_${plan.burst}`, `bare_${plan.burst}`] as const;
  for (const name of names) await database.copy(name);
  const through = database.open(names[0], { commits: PARALLEL });
  const bare = database.open(names[1], { commits: PARALLEL });
  const { sql, statements } = recording(through.sql);
  const { runtime } = await runtimeOver(sql, { parallelCommits: PARALLEL });

  const sums = { events: 0, through: 0, bare: 0, statements: 0, node: 0, postgres: 0, bareNode: 0, barePostgres: 0 };
  for (let turn = 0; turn <= plan.turns; turn += 1) {
    let events = 0;
    const ours = await metered(database, async () => {
      events = plan.burst * (await burstsOf(runtime, keys, plan, turn === 0 ? 4 * plan.forSeconds : plan.forSeconds));
    });
    const theirs = await metered(database, () => replay(bare.sql, statements, PARALLEL));
    const sent = statements.splice(0).length;
    await closeAll(runtime, keys);
    await replay(bare.sql, statements.splice(0), PARALLEL);
    // The first turn, a longer one, is for Node to compile and for conversations to be loaded.
    if (turn === 0) continue;
    sums.events += events;
    sums.statements += sent;
    sums.through += ours.took;
    sums.node += ours.node;
    sums.postgres += ours.postgres;
    sums.bare += theirs.took;
    sums.bareNode += theirs.node;
    sums.barePostgres += theirs.postgres;
  }
  await runtime.stop();
  await through.close();
  await bare.close();
  return {
    goal: { id: 'P-1', text: `>= 0.7, >= ${plan.wanted}/s` },
    name: `commits: ${plan.name}`,
    value: sums.events / sums.through,
    unit: 'events/s',
    limit: { name: 'the same statements, bare', value: sums.events / sums.bare },
    details: {
      'events per statement': sums.events / sums.statements,
      'ratio by CPU time': (sums.bareNode + sums.barePostgres) / (sums.node + sums.postgres),
      'µs of Node per event': (sums.node / sums.events) * 1e6,
      'µs of PostgreSQL per event': (sums.postgres / sums.events) * 1e6,
      'µs of Node per event, bare': (sums.bareNode / sums.events) * 1e6,
      'µs of PostgreSQL per event, bare': (sums.barePostgres / sums.events) * 1e6,
    },
  };
}

/** Each writer takes the next conversation, so that all are written to and none by two at once. */
function burstsOf(
  runtime: ConversationRuntime,
  keys: ConversationKey[],
  { burst }: Plan,
  forSeconds: number,
): Promise<number> {
  return closedLoop(WRITERS, forSeconds, async (worker, round) => {
    const key = keys[(worker + round * WRITERS) % keys.length];
    if (!key) throw new Error('there is no conversation');
    await Promise.all(Array.from({ length: burst }, () => write(runtime, key)));
  });
}

async function write(runtime: ConversationRuntime, key: ConversationKey): Promise<void> {
  const outcome = await runtime.dispatch(key, question());
  if (!outcome.ok) throw new Error(`a message was refused: ${outcome.code}`);
}

/** Between turns: what waits for an answer is stored with the conversation, and would grow with each turn. */
async function closeAll(runtime: ConversationRuntime, keys: ConversationKey[]): Promise<void> {
  await Promise.all(
    keys.map((key) => runtime.dispatch(key, { type: 'close', by: { id: key.workspaceId, name: 'Ada' } })),
  );
}

/** Wall and CPU seconds. */
async function metered(database: BenchDatabase, work: () => Promise<void>) {
  const before = { node: process.cpuUsage(), postgres: await database.cpuSeconds() };
  const took = await seconds(work);
  const { user, system } = process.cpuUsage(before.node);
  const postgres = ((await database.cpuSeconds()) ?? 0) - (before.postgres ?? 0);
  return { took, node: (user + system) / 1e6, postgres };
}
