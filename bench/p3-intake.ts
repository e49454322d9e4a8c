import type { Figure } from './harness/figure.ts';
import { firstMessages, openChannel, post, using } from './harness/load.ts';
import { startBare, startBaton, type Program } from './harness/program.ts';
import type { Scale } from './harness/scale.ts';
import { atRate, pause, quantile, WARM_UP_SECONDS } from './harness/timing.ts';

const PER_SECOND = 1_000;
/** Customers who write at the same time. */
const CUSTOMERS = 2_000;
/** Nobody writes on for ever without an answer: after so many messages another customer comes. */
const MESSAGES_EACH = 10;

/** P-3: sustained HTTP intake until the commit is acknowledged. Offered at a fixed rate, whatever comes back. */
export async function intake({ pick }: Scale): Promise<Figure[]> {
  const forSeconds = pick(8, 600);
  const ours = await using(startBaton(), (baton) => unanswered(baton, forSeconds));
  const bare = await using(startBare(), (program) =>
    latencies(program, PER_SECOND, pick(8, 60), (index) =>
      post(`${program.url}/echo`, { externalId: `m${index}`, text: 'When do you open?' }),
    ),
  );
  const limit = { name: 'a bare Hono echo', value: quantile(bare.samples, 0.99) };
  return [
    {
      goal: { id: 'P-3', text: '< 40 ms at 1 000/s' },
      name: 'HTTP intake to commit, p99',
      value: quantile(ours.samples, 0.99),
      unit: 'ms',
      limit,
      details: { ...detailsOf(ours), 'µs of the bare server per request': bare.cpu },
    },
  ];
}

/** The agent is paused. */
async function unanswered(baton: Program, forSeconds: number): Promise<Measured> {
  const write = await openChannel(baton);
  await firstMessages(write, CUSTOMERS);
  return latencies(baton, PER_SECOND, forSeconds, (index) => write(writer(index)));
}

/** The customer of a message. Customers come and go one by one, not all at once. */
function writer(index: number): number {
  const place = index % CUSTOMERS;
  const round = Math.floor(index / CUSTOMERS) + (place % MESSAGES_EACH);
  return place + CUSTOMERS * Math.floor(round / MESSAGES_EACH);
}

interface Measured {
  samples: number[];
  /** Seconds. */
  took: number;
  /** Microseconds of the server per message. */
  cpu: number;
  /** KiB: resident before, half way and after; what JavaScript uses once the garbage is gone, before and after. */
  resident: [number, number, number];
  heap: [number, number];
}

async function latencies(
  program: Program,
  perSecond: number,
  forSeconds: number,
  once: (index: number) => Promise<unknown>,
): Promise<Measured> {
  await atRate(perSecond, WARM_UP_SECONDS, async (index) => void (await once(index)));
  const samples: number[] = [];
  const { heap: heapBefore } = await program.heldKiB();
  const before = await program.memoryKiB();
  const start = performance.now();
  const cpu = await program.cpuSeconds();
  const halfWay = pause(forSeconds * 500).then(() => program.memoryKiB());
  await atRate(perSecond, forSeconds, async (index) => {
    const at = performance.now();
    await once(index);
    samples.push(performance.now() - at);
  });
  const spent = (await program.cpuSeconds()) - cpu;
  const took = (performance.now() - start) / 1000;
  const resident: Measured['resident'] = [before, await halfWay, await program.memoryKiB()];
  const { heap } = await program.heldKiB();
  return { samples, took, cpu: (spent / samples.length) * 1e6, resident, heap: [heapBefore, heap] };
}

function detailsOf({ samples, took, cpu, resident, heap }: Measured): Record<string, number> {
  return {
    'reached per second': samples.length / took,
    'p50 in ms': quantile(samples, 0.5),
    'µs of the server per message': cpu,
    'resident before, MiB': resident[0] / 1024,
    'resident half way, MiB': resident[1] / 1024,
    'resident after, MiB': resident[2] / 1024,
    'in use before, MiB': heap[0] / 1024,
    'in use after, MiB': heap[1] / 1024,
  };
}
