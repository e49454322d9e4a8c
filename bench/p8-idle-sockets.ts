import type { Figure } from './harness/figure.ts';
import { connectTeam, disconnect, using } from './harness/load.ts';
import { startBare, startBaton, type Held, type Program } from './harness/program.ts';
import type { Scale } from './harness/scale.ts';
import { pause } from './harness/timing.ts';

/** As many as fill the young generation of the heap to its full size, which does not grow with sockets after that. */
const FIRST = 2_000;

/** P-8: what a socket costs that only waits: growth of the server's memory after a collection, by each socket beyond the first ones. */
export async function idleSockets({ pick }: Scale): Promise<Figure[]> {
  const count = pick(4_000, 10_000);
  const ours = await using(startBaton(), (program) => perSocket(program, count));
  const bare = await using(startBare(), (program) => perSocket(program, count));
  return [
    {
      goal: { id: 'P-8', text: '<= 24 KiB' },
      name: `${count} idle sockets, resident`,
      value: ours.resident,
      unit: 'KiB each',
      limit: { name: 'bare Socket.IO', value: bare.resident },
      details: {
        'KiB of live JavaScript each': ours.heap,
        'KiB of live JavaScript each, bare': bare.heap,
      },
    },
  ];
}

async function perSocket(program: Program, count: number): Promise<Held> {
  const first = await connectTeam(program, FIRST);
  await pause(1_000);
  const before = await program.heldKiB();
  const sockets = await connectTeam(program, count);
  await pause(3_000);
  const after = await program.heldKiB();
  disconnect([...first, ...sockets]);
  return { resident: (after.resident - before.resident) / count, heap: (after.heap - before.heap) / count };
}
