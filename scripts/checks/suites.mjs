import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../setup/child.mjs';
import { tool } from '../setup/places.mjs';
import { tally } from './tally.mjs';

/** Runs the projects of vitest.config.ts in one Vitest, which prints as it goes, and counts from its JSON report. */
export async function runSuites(suites, env) {
  const folder = mkdtempSync(join(tmpdir(), 'baton-suites-'));
  const reportFile = join(folder, 'report.json');
  try {
    const projects = suites.map((name) => `--project=${name}`);
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`];
    const args = ['run', '--passWithNoTests', ...projects, ...reporters];
    const { code } = await run(tool('vitest'), args, { env, shown: true });
    const results = tally(read(reportFile), suites, suiteOf, code);
    for (const result of results) console.log(line(result));
    return results;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The suffix of a test file says which suite it belongs to, as in vitest.config.ts. */
export function suiteOf(file) {
  if (file.endsWith('.pg.test.ts')) return 'postgres';
  if (file.endsWith('.svelte.test.ts')) return 'browser';
  return file.endsWith('.e2e.ts') ? 'e2e' : 'unit';
}

const line = ({ name, passed, failed, empty }) =>
  `${failed === 0 ? '✓' : '✗'} ${name.padEnd(12)} ${empty ? 'no test ran' : `${passed} passed, ${failed} failed`}`;

function read(reportFile) {
  try {
    return JSON.parse(readFileSync(reportFile, 'utf8'));
  } catch {
    return undefined;
  }
}
