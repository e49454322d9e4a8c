import type { Figure } from './harness/figure.ts';
import { openChannel, post, using } from './harness/load.ts';
import { startBare, startBaton, type Program } from './harness/program.ts';
import type { Scale } from './harness/scale.ts';
import { atRate, quantile } from './harness/timing.ts';

const PER_SECOND = 1_000;
const CUSTOMERS = 2_000;

/** P-3: sustained HTTP intake until the commit is acknowledged, the agent paused. Offered at a fixed rate, whatever comes back. */
export async function intake({ pick }: Scale): Promise<Figure[]> {
  const forSeconds = pick(8, 600);
  const ours = await using(startBaton(), async (baton) => {
    const write = await openChannel(baton);
    for (let customer = 0; customer < CUSTOMERS; customer += 50) {
      await Promise.all(Array.from({ length: 50 }, (_, index) => write(customer + index)));
    }
    const before = await baton.memoryKiB();
    const measured = await latencies(baton, forSeconds, (index) => write(index % CUSTOMERS));
    return { ...measured, before, after: await baton.memoryKiB() };
  });
  const bare = await using(startBare(), (program) =>
    latencies(program, forSeconds, (index) =>
      post(`${program.url}/echo`, { externalId: `m${index}`, text: 'When do you open?' }),
    ),
  );
  return [
    {
      goal: { id: 'P-3', text: '< 40 ms at 1 000/s' },
      name: 'HTTP intake to commit, p99',
      value: quantile(ours.samples, 0.99),
      unit: 'ms',
      limit: { name: 'a bare Hono echo', value: quantile(bare.samples, 0.99) },
      details: {
        'reached per second': ours.samples.length / ours.took,
        'p50 in ms': quantile(ours.samples, 0.5),
        'µs of the server per message': ours.cpu,
        'µs of the bare server per request': bare.cpu,
        'memory before, MiB': ours.before / 1024,
        'memory after, MiB': ours.after / 1024,
      },
    },
  ];
}

async function latencies(program: Program, forSeconds: number, once: (index: number) => Promise<unknown>) {
  const samples: number[] = [];
  const start = performance.now();
  const cpu = await program.cpuSeconds();
  await atRate(PER_SECOND, forSeconds, async (index) => {
    const at = performance.now();
    await once(index);
    samples.push(performance.now() - at);
  });
  const spent = (await program.cpuSeconds()) - cpu;
  return { samples, took: (performance.now() - start) / 1000, cpu: (spent / samples.length) * 1e6 };
}
