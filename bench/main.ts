import { commits } from './p1-commits.ts';
import { growth } from './p9-growth.ts';
import { print, type Figure } from './harness/figure.ts';
import { scale, type Scale } from './harness/scale.ts';
import { statechart } from './statechart.ts';

const benchmarks: Record<string, (scale: Scale) => Promise<Figure[]>> = { statechart, commits, growth };

const given = process.argv.slice(2);
const names = given.filter((argument) => !argument.startsWith('--'));
const unknown = names.filter((name) => !(name in benchmarks));
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(', ')}. There are: ${Object.keys(benchmarks).join(', ')}.`);
  process.exit(1);
}

const figures: Figure[] = [];
for (const [name, benchmark] of Object.entries(benchmarks)) {
  if (names.length > 0 && !names.includes(name)) continue;
  console.log(`${name} …`);
  figures.push(...(await benchmark(scale(given.includes('--full')))));
}
print(figures);
