import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { withNode } from './node.mjs';
import { MESSAGES, ROOT, tool } from './places.mjs';
import { fingerprint, isStamped, stamp } from './stamp.mjs';
import { step } from './step.mjs';

const INPUTS = [
  'pnpm-lock.yaml',
  'apps/web/messages',
  'apps/web/project.inlang/settings.json',
  'apps/web/project.inlang/paraglide.config.js',
];
// Not beside the compiled messages: whoever else compiles (Vite does) empties that folder.
const STAMP = join(ROOT, 'apps/web/.svelte-kit/.messages');

/** The web app's words as functions. Its types, its tests and its build need them, so they come before all of these. */
export async function compileMessages() {
  const wanted = fingerprint(ROOT, INPUTS);
  if (isStamped(STAMP, wanted) && existsSync(MESSAGES)) return;
  rmSync(STAMP, { force: true });
  const args = ['compile', '--project', './project.inlang'];
  await step('Compiling the messages', tool('paraglide-js', 'apps/web'), args, {
    cwd: join(ROOT, 'apps/web'),
    env: withNode({ ...process.env }),
  });
  stamp(STAMP, wanted);
}
