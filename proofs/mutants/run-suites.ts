import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Suite, SUITES } from './mutant.ts';

/** The result of the suites: all passed, a test failed, or they could not run. */
export type Outcome = { kind: 'passed' } | { kind: 'failed'; test: string } | { kind: 'unable'; why: string };

/** Longer than any suite takes on a busy machine. */
const ENDLESS_MS = 240_000;

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
  // This may itself be a test: what Vitest tells its own is not for another one.
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST'));
  // Migrations are looked for below the root: the copy's, for they are mutated, too.
  const env = { ...Object.fromEntries(own), BATON_ROOT: folder, NEEDS_POSTGRES: needsPostgres ? '1' : '' };
  const child = spawn(process.execPath, [vitest, ...args], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  let isEndless = false;
  const impatience = setTimeout(() => {
    isEndless = true;
    child.kill('SIGKILL');
  }, ENDLESS_MS);
  const [code] = await once(child, 'exit');
  clearTimeout(impatience);
  if (isEndless) return { kind: 'failed', test: 'they never end' };
  if (code === 0) return { kind: 'passed' };
  return (
    (await firstFailure(report)) ?? { kind: 'unable', why: said.join('').trim().split('\n').slice(-30).join('\n') }
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
  return broken ? { kind: 'unable', why: `${broken.name}: ${broken.message}` } : null;
}
