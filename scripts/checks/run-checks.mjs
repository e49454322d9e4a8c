import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Failure, seconds } from '../setup/child.mjs';
import { ROOT } from '../setup/paths.mjs';

const AT_ONCE = 2;

/**
 * Runs checks two at a time, each followed by its canary, and prints each result.
 *
 * A check is `{name, says, run(env) -> {ok, output}, canary?}`.
 */
export async function runChecks(checks, env) {
  const waiting = [...checks];
  const results = [];
  const worker = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) results.push(await runCheck(check, env));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}

async function runCheck(check, env) {
  const start = Date.now();
  const { ok, output } = await outcomeOf(check, env);
  console.log(`${ok ? '✓' : '✗'} ${check.name.padEnd(12)} ${check.says} (${seconds(start)})`);
  if (!ok) console.log(indent(output));
  return { name: check.name, passed: ok ? 1 : 0, failed: ok ? 0 : 1 };
}

async function outcomeOf(check, env) {
  try {
    const outcome = await check.run(env);
    if (!outcome.ok || !check.canary) return outcome;
    const complaint = await canaryComplaint(check.canary, env);
    return complaint ? { ok: false, output: complaint } : outcome;
  } catch (error) {
    return { ok: false, output: error instanceof Failure ? error.message : String(error?.stack ?? error) };
  }
}

const indent = (text) => text.trimEnd().replace(/^/gm, '    ');

/**
 * Proves that a check can fail: runs it on small files that break its rules, and returns the faults it missed.
 *
 * `files` are written to a temporary folder, `run(folder, env)` checks that folder, and its output must contain each of
 * `notices`.
 */
export async function canaryComplaint({ files, run, notices }, env) {
  const folder = mkdtempSync(join(tmpdir(), 'baton-canary-'));
  try {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    const { ok, output } = await run(folder, env);
    if (ok) return `This check passes on its canary, files that break each of its rules.\n${output}`;
    const missed = notices.filter((notice) => !output.includes(notice));
    return missed.length === 0
      ? undefined
      : `The check missed these faults of its canary: ${missed.join(', ')}\n${output}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
