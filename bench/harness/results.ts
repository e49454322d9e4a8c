import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Figure } from './figure.ts';

/** The figures of a run. `bench/results/*.json` keep them, uncommitted, for `bench/plot.ts`. */
export interface Results {
  environment: Record<string, string | number>;
  isFull: boolean;
  figures: Figure[];
}

const FOLDER = join(import.meta.dirname, '../results');

/** One file per benchmark, the latest run's. */
export async function keep(name: string, results: Results): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  await writeFile(join(FOLDER, `${name}.json`), `${JSON.stringify(results, null, 2)}\n`);
}
