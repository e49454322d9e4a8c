import { run } from './child.mjs';
import { Failure } from './failure.mjs';

const REMIND_MS = 15_000;

/**
 * A step that a person waits for: one line when it begins, one when it is done, everything only when it fails. `quiet` is
 * for a step that may fail because there are other ways: its failure is one line too.
 */
export async function step(title, command, args, { explain = () => undefined, quiet = false, ...options } = {}) {
  const start = Date.now();
  console.log(`${title} …`);
  const reminder = setInterval(() => console.log(`${title}: still at it after ${seconds(start)}`), REMIND_MS);
  const { code, output } = await run(command, args, options);
  clearInterval(reminder);
  if (code === 0) {
    console.log(`${title}: done in ${seconds(start)}`);
    return;
  }
  if (!quiet) console.error(output.trimEnd());
  const reason = explain(output) ?? (quiet ? lastLine(output) : 'The output above says why.');
  throw new Failure(`${title}: failed. ${reason}`);
}

const lastLine = (output) => output.trimEnd().split('\n').pop();

export const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;
