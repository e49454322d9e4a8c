import { answering } from './p3-answering.ts';
import { broadcast } from './p4-broadcast.ts';
import { commits } from './p1-commits.ts';
import { deadlines } from './p7-deadlines.ts';
import { delivery } from './p2-delivery.ts';
import { environment } from './harness/environment.ts';
import { type Figure, print } from './harness/figure.ts';
import { growth } from './p9-growth.ts';
import { hot } from './p6-hot.ts';
import { idleSockets } from './p8-idle-sockets.ts';
import { intake } from './p3-intake.ts';
import { keep } from './harness/results.ts';
import { mute } from './p5-mute.ts';
import { scale, type Scale } from './harness/scale.ts';
import { statechart } from './statechart.ts';

const benchmarks: Record<string, (scale: Scale) => Promise<Figure[]>> = {
  statechart,
  commits,
  delivery,
  intake,
  answering,
  broadcast,
  mute,
  hot,
  deadlines,
  'idle-sockets': idleSockets,
  growth,
};

const given = process.argv.slice(2);
const isFull = given.includes('--full');
const names = given.filter((argument) => !argument.startsWith('--'));
const unknown = names.filter((name) => !(name in benchmarks));
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(', ')}. There are: ${Object.keys(benchmarks).join(', ')}.`);
  process.exit(1);
}

const on = await environment();
for (const [name, value] of Object.entries(on)) console.log(`${name}: ${value}`);
const figures: Figure[] = [];
for (const [name, benchmark] of Object.entries(benchmarks)) {
  if (names.length > 0 && !names.includes(name)) continue;
  console.log(`${name} …`);
  const measured = await benchmark(scale(isFull));
  await keep(name, { environment: on, isFull, figures: measured });
  figures.push(...measured);
}
print(figures);
