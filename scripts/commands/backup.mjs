import { findNode } from '../setup/node.mjs';
import { prepare } from '../setup/prepare.mjs';
import { supervise } from '../setup/supervise.mjs';

/** `npm run backup -- FOLDER`: docs/operating.md says how. */
export async function run(args) {
  await prepare({ builds: false });
  return supervise(findNode(), ['apps/server/src/backup.ts', 'backup', ...args], { NODE_ENV: 'production' });
}
