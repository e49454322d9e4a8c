import { withDatabase, type BenchDatabase } from './harness/database.ts';
import type { Figure } from './harness/figure.ts';
import { recording, replay } from './harness/recording.ts';
import { runtimeOver } from './harness/runtime.ts';
import type { Scale } from './harness/scale.ts';
import { closedLoop, seconds } from './harness/timing.ts';
import { conversations, question } from './harness/workspace.ts';

const WRITERS = 256;

/** P-6: one conversation to which everybody writes, through one node and through three that contend for it. */
export async function hot({ pick }: Scale): Promise<Figure[]> {
  const forSeconds = pick(3, 20);
  return withDatabase(async (database) => [
    await contend(database, 1, forSeconds, '>= 4 000/s, none lost'),
    await contend(database, 3, forSeconds, '>= 1 000/s, none lost'),
  ]);
}

async function contend(database: BenchDatabase, nodes: number, forSeconds: number, wanted: string): Promise<Figure> {
  const [key] = await database.prepare((connections) => conversations(connections, 1));
  if (!key) throw new Error('there is no conversation');
  await database.copy(`bare_${nodes}`);
  const pools = Array.from({ length: nodes }, () => database.open('baton', { commits: 2 }));
  const recorders = pools.map(({ sql }) => recording(sql));
  const runtimes = await Promise.all(
    recorders.map(({ sql }) => runtimeOver(sql, { maxQueuedPerConversation: WRITERS })),
  );
  let refused = 0;
  let done = 0;
  const took = await seconds(async () => {
    const asked = await closedLoop(WRITERS, forSeconds, async (worker) => {
      const outcome = await runtimes[worker % nodes]?.runtime.dispatch(key, question());
      if (!outcome?.ok) refused += 1;
    });
    done = asked - refused;
  });
  const reader = database.open('baton', { commits: 1, queries: 1 });
  const [stored] = await reader.sql<{ count: number }[]>`
    select count(*)::int from messages where conversation_id = ${key.conversationId}`;
  await reader.close();
  const lost = done - (stored?.count ?? 0);
  for (const { runtime } of runtimes) await runtime.stop();
  for (const pool of pools) await pool.close();

  const bare = database.open(`bare_${nodes}`, { commits: 1 });
  const statements = recorders[0]?.statements ?? [];
  const bareTook = nodes === 1 ? await seconds(() => replay(bare.sql, statements, 1)) : null;
  await bare.close();
  return {
    goal: { id: 'P-6', text: wanted },
    name: `one hot conversation, ${nodes} node${nodes === 1 ? '' : 's'}`,
    value: done / took,
    unit: 'commands/s',
    limit: bareTook === null ? null : { name: 'the same statements, bare', value: done / bareTook },
    details: { acknowledged: done, refused, lost },
  };
}
