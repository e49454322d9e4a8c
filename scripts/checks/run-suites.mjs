import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../setup/child.mjs';
import { tool } from '../setup/paths.mjs';

/** Runs the projects of vitest.config.ts in one Vitest, which prints as it goes, and counts from its JSON report. */
export async function runSuites(suites, env) {
  const folder = mkdtempSync(join(tmpdir(), 'baton-suites-'));
  const reportFile = join(folder, 'report.json');
  try {
    // The pattern takes `e2e-alone` along with `e2e`.
    const projects = suites.map((name) => `--project=${name}*`);
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`];
    const args = ['run', '--passWithNoTests', ...projects, ...reporters];
    const { code } = await run(tool('vitest'), args, { env, shown: true });
    const results = tally(read(reportFile), suites, code);
    for (const result of results) console.log(line(result));
    return results;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The suffix of a test file says which suite it belongs to, as in vitest.config.ts. */
function suiteOf(file) {
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

/** Sums the checks up: prints the last line of every run, and gives the exit code. */
export function sumUp(results, print = console.log) {
  const passed = total(results, 'passed');
  const failed = total(results, 'failed');
  const broken = results.filter((result) => result.failed > 0).map((result) => result.name);
  if (broken.length > 0) print(`\nFailed: ${broken.join(', ')}`);
  print(`\n${passed} passed, ${failed} failed`);
  // A run that checked nothing proves nothing.
  return failed === 0 && passed > 0 ? 0 : 1;
}

const total = (results, key) => results.reduce((sum, result) => sum + result[key], 0);

/**
 * Counts what Vitest's JSON report says, suite by suite.
 *
 * Each of these counts as one failure: a file that failed to load, a suite that ran no test, and a run that failed for
 * a reason that no test shows (an unhandled error, a broken set-up).
 */
export function tally(report, suites, exitCode) {
  const counts = new Map(suites.map((name) => [name, { name, passed: 0, failed: 0 }]));
  for (const file of report?.testResults ?? []) {
    const count = counts.get(suiteOf(file.name));
    if (!count) continue;
    const failed = ofStatus(file, 'failed');
    count.passed += ofStatus(file, 'passed');
    count.failed += failed === 0 && file.status === 'failed' ? 1 : failed;
  }
  const results = [...counts.values()];
  for (const count of results) {
    if (count.passed + count.failed === 0) Object.assign(count, { failed: 1, empty: true });
  }
  if (exitCode !== 0 && total(results, 'failed') === 0) results.push({ name: 'vitest', passed: 0, failed: 1 });
  return results;
}

const ofStatus = (file, status) => file.assertionResults.filter((test) => test.status === status).length;
