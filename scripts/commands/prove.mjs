import { findNode } from '../setup/node.mjs';
import { prepare } from '../setup/prepare.mjs';
import { supervise } from '../setup/supervise.mjs';

/** `npm run prove -- NAME [--seed N] [--count N]`: one proof in full; without a name, which there are. */
export async function run(args) {
  await prepare({ builds: false });
  return supervise(findNode(), ['proofs/main.ts', ...args], {});
}
