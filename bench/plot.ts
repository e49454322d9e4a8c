import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ratioOf, type Figure } from './harness/figure.ts';
import type { Results } from './harness/results.ts';

// Draws what the latest runs measured beside their bare limits: `node bench/plot.ts` writes docs/performance.svg.

const FOLDER = join(import.meta.dirname, 'results');
const TARGET = join(import.meta.dirname, '../docs/performance.svg');
const [WIDTH, ROW, LEFT, RIGHT] = [900, 46, 330, 150];

const files = (await readdir(FOLDER)).filter((file) => file.endsWith('.json')).sort();
const results = await Promise.all(files.map(read));
const figures = results.flatMap(({ figures: all }) => all).filter(({ limit }) => limit !== null);
await writeFile(TARGET, draw(figures.sort((a, b) => name(a).localeCompare(name(b)))));
console.log(`${figures.length} figures drawn into ${TARGET}`);

async function read(file: string): Promise<Results> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by ourselves, in `keep`
  return JSON.parse(await readFile(join(FOLDER, file), 'utf8')) as Results;
}

function draw(all: Figure[]): string {
  const height = 50 + all.length * ROW;
  const rows = all.map((figure, index) => row(figure, 40 + index * ROW)).join('\n');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="system-ui, sans-serif" font-size="13">
<style>text { fill: #334155 } .quiet { fill: #64748b; font-size: 11px } @media (prefers-color-scheme: dark) { text { fill: #e2e8f0 } .quiet { fill: #94a3b8 } }</style>
<text x="0" y="18" font-weight="600">What Baton measured (dark) beside its bare limit of the same run (light)</text>
${rows}
</svg>
`;
}

/** Each row has a scale of its own: the longer bar fills it. */
function row(figure: Figure, top: number): string {
  const limit = figure.limit?.value ?? 0;
  const widest = Math.max(figure.value, limit);
  const length = (value: number) => Math.max(1, (value / widest) * (WIDTH - LEFT - RIGHT)).toFixed(0);
  const ratio = ratioOf(figure)?.toFixed(2) ?? '';
  return `<text x="0" y="${top + 12}">${escape(name(figure))}</text>
<text class="quiet" x="0" y="${top + 27}">${escape(figure.limit?.name ?? '')}; ratio ${ratio}</text>
<rect x="${LEFT}" y="${top}" width="${length(figure.value)}" height="14" rx="2" fill="#4f46e5"/>
<rect x="${LEFT}" y="${top + 17}" width="${length(limit)}" height="14" rx="2" fill="#a5b4fc"/>
<text x="${WIDTH - RIGHT + 8}" y="${top + 12}">${rounded(figure.value)} ${escape(figure.unit)}</text>
<text class="quiet" x="${WIDTH - RIGHT + 8}" y="${top + 28}">${rounded(limit)}</text>`;
}

function name({ goal, name: what }: Figure): string {
  return goal === null ? what : `${goal.id} ${what}`;
}

function rounded(value: number): string {
  return value >= 100 ? String(Math.round(value)) : value.toPrecision(2);
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
