import type { Figure } from './harness/figure.ts';
import { connectTeam, disconnect, openChannel, post, using, watch, watched } from './harness/load.ts';
import { startBare, startBaton, type Program } from './harness/program.ts';
import type { Scale } from './harness/scale.ts';
import { atRate, quantile, WARM_UP_SECONDS } from './harness/timing.ts';

const TEAMMATES = 200;
const PER_SECOND = 500;

/** P-2: a customer's message in over HTTP until the socket of the teammate who watches has it. */
export async function delivery({ pick }: Scale): Promise<Figure[]> {
  const forSeconds = pick(5, 60);
  const ours = await using(startBaton(), async (baton) => {
    const write = await openChannel(baton);
    const ids: string[] = [];
    for (let customer = 0; customer < TEAMMATES; customer += 1) ids.push((await write(customer)).conversationId);
    return latencies(baton, ids, forSeconds, (customer, text) => write(customer, text));
  });
  const bare = await using(startBare(), async (program) => {
    const ids = Array.from({ length: TEAMMATES }, (_, index) => `room ${index}`);
    return latencies(program, ids, forSeconds, (room, text) =>
      post(`${program.url}/rooms/${encodeURIComponent(ids[room] ?? '')}`, { text }),
    );
  });
  const at = (q: number) => ({
    value: quantile(ours.samples, q),
    limit: { name: 'bare Hono and Socket.IO', value: quantile(bare.samples, q) },
  });
  const details = {
    messages: ours.samples.length,
    teammates: TEAMMATES,
    'µs of the server per message': ours.cpu,
    'µs of the bare server per message': bare.cpu,
  };
  return [
    {
      goal: { id: 'P-2', text: '< 5 ms' },
      name: 'in over HTTP to a watching socket, p50',
      unit: 'ms',
      ...at(0.5),
      details,
    },
    {
      goal: { id: 'P-2', text: '< 25 ms' },
      name: 'in over HTTP to a watching socket, p99',
      unit: 'ms',
      ...at(0.99),
      details: ours.stalls,
    },
  ];
}

interface Measured {
  samples: number[];
  /** Microseconds of the server per message. */
  cpu: number;
  /** Event loop stalls by name. */
  stalls: Record<string, number>;
}

async function latencies(
  program: Program,
  conversationIds: string[],
  forSeconds: number,
  write: (index: number, text: string) => Promise<unknown>,
): Promise<Measured> {
  const sockets = await connectTeam(program, conversationIds.length);
  await Promise.all(sockets.map((socket, index) => watch(socket, conversationIds[index] ?? '')));
  const sentAt = new Map<string, number>();
  const samples: number[] = [];
  const note = (text: string) => {
    const start = sentAt.get(text);
    if (start !== undefined) samples.push(performance.now() - start);
    sentAt.delete(text);
  };
  for (const socket of sockets) socket.on('message', (message) => note(textOf(message)));
  await atRate(PER_SECOND, WARM_UP_SECONDS, async (index) => {
    await write(index % conversationIds.length, 'warming up');
  });
  const cpu = await program.cpuSeconds();
  let total = 0;
  const stalls = await watched(program, async () => {
    total = await atRate(PER_SECOND, forSeconds, async (index) => {
      const text = `message ${index}`;
      sentAt.set(text, performance.now());
      await write(index % conversationIds.length, text);
    });
  });
  const spent = (await program.cpuSeconds()) - cpu;
  disconnect(sockets);
  if (samples.length < total * 0.99) throw new Error(`only ${samples.length} of ${total} messages reached a socket`);
  return { samples, cpu: (spent / total) * 1e6, stalls };
}

function textOf(message: string): string {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what both servers send as a message
  return (JSON.parse(message) as { text: string }).text;
}
