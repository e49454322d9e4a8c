import type { Figure } from './harness/figure.ts';
import { connectTeam, disconnect, using } from './harness/load.ts';
import { startBare, startBaton, type Program } from './harness/program.ts';
import type { Scale } from './harness/scale.ts';
import { pause } from './harness/timing.ts';

/** P-8: what a socket costs that only waits. */
export async function idleSockets({ pick }: Scale): Promise<Figure[]> {
  const count = pick(1_000, 10_000);
  const ours = await using(startBaton(), (program) => perSocket(program, count));
  const bare = await using(startBare(), (program) => perSocket(program, count));
  return [
    {
      goal: { id: 'P-8', text: '<= 24 KiB' },
      name: `${count} idle sockets`,
      value: ours,
      unit: 'KiB each',
      limit: { name: 'bare Socket.IO', value: bare },
      details: {},
    },
  ];
}

/** The first ones warm the server up and are not counted. */
async function perSocket(program: Program, count: number): Promise<number> {
  const warm = await connectTeam(program, 200);
  await pause(2_000);
  const before = await program.memoryKiB();
  const sockets = await connectTeam(program, count);
  await pause(3_000);
  const after = await program.memoryKiB();
  disconnect([...warm, ...sockets]);
  return (after - before) / count;
}
