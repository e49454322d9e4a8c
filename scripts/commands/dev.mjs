import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { findNode } from '../setup/node.mjs';
import { ROOT } from '../setup/places.mjs';
import { prepare } from '../setup/prepare.mjs';
import { supervise } from '../setup/supervise.mjs';

const preload = pathToFileURL(join(ROOT, 'scripts/setup/leave-with-supervisor.mjs')).href;

/** `npm run dev`: the server from its sources, restarted when they change, with Vite's hot reload inside it. */
export async function run() {
  await prepare({ builds: false });
  const watch = ['--watch', '--watch-preserve-output', '--import', preload];
  return supervise(findNode(), [...watch, 'apps/server/src/main.ts'], {
    BATON_DEV: '1',
    BATON_SUPERVISOR: String(process.pid),
  });
}
