import { commits } from './commits.ts';
import { print, type Figure } from './figure.ts';
import { statechart } from './statechart.ts';

const benchmarks: Record<string, () => Promise<Figure[]>> = { statechart, commits };

const names = process.argv.slice(2);
const unknown = names.filter((name) => !(name in benchmarks));
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(', ')}. There are: ${Object.keys(benchmarks).join(', ')}.`);
  process.exit(1);
}

const figures: Figure[] = [];
for (const [name, benchmark] of Object.entries(benchmarks)) {
  if (names.length > 0 && !names.includes(name)) continue;
  console.log(`${name} …`);
  figures.push(...(await benchmark()));
}
print(figures);
