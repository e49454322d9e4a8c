import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Suite, SUITES } from './mutant.ts';

/** The result of the suites: all passed, a test failed, or they could not run. */
export type Outcome = { kind: 'passed' } | { kind: 'failed'; test: string } | { kind: 'notRun'; why: string };

/** Longer than any suite needs on a busy machine. */
const MAX_SUITE_MS = 240_000;

interface Report {
  testResults: { name: string; message: string; assertionResults: { status: string; fullName: string }[] }[];
}

/** Runs suites in a copy of the code, until the first failure. */
export async function runSuites(folder: string, suites: readonly Suite[]): Promise<Outcome> {
  const files = suites.flatMap((suite) => SUITES[suite]);
  const report = join(folder, 'report.json');
  await rm(report, { force: true });
  const vitest = join(folder, 'node_modules/vitest/vitest.mjs');
  const args = ['run', '--root', folder, '--reporter=json', `--outputFile=${report}`, ...files];
  const needsPostgres = files.some((file) => file.includes('packages/database/'));
  // Vitest's own variables must not reach a Vitest started from a test.
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST'));
  // Migrations are read below the root, so that mutants of them count.
  const env = { ...Object.fromEntries(own), BATON_ROOT: folder, NEEDS_POSTGRES: needsPostgres ? '1' : '' };
  const child = spawn(process.execPath, [vitest, ...args], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => output.push(chunk.toString()));
  let isTimedOut = false;
  const timeLimit = setTimeout(() => {
    isTimedOut = true;
    child.kill('SIGKILL');
  }, MAX_SUITE_MS);
  const [code] = await once(child, 'exit');
  clearTimeout(timeLimit);
  if (isTimedOut) return { kind: 'failed', test: 'a suite that does not end' };
  if (code === 0) return { kind: 'passed' };
  return (
    (await firstFailure(report)) ?? { kind: 'notRun', why: output.join('').trim().split('\n').slice(-30).join('\n') }
  );
}

async function firstFailure(path: string): Promise<Outcome | null> {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) return null;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Vitest's own report
  const { testResults } = JSON.parse(text) as Report;
  for (const { assertionResults } of testResults) {
    const failed = assertionResults.find(({ status }) => status === 'failed');
    if (failed) return { kind: 'failed', test: failed.fullName };
  }
  const broken = testResults.find(({ message }) => message !== '');
  return broken ? { kind: 'notRun', why: `${broken.name}: ${broken.message}` } : null;
}
