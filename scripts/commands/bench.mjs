import { findNode } from '../setup/node.mjs';
import { prepare } from '../setup/prepare.mjs';
import { supervise } from '../setup/supervise.mjs';

/** `npm run bench [NAME…]`: the benchmarks, against the same bundle that `npm start` runs. */
export async function run(args) {
  await prepare({ builds: true });
  return supervise(findNode(), ['bench/main.ts', ...args], { NODE_ENV: 'production' });
}
