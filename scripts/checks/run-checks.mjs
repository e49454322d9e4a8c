import { Failure } from '../setup/failure.mjs';
import { seconds } from '../setup/step.mjs';
import { canaryComplaint } from './canary.mjs';

const AT_ONCE = 2;

/**
 * Runs checks two at a time, each followed by its canary, and shows each as it ends.
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
