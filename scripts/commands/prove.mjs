import { findNode } from '../setup/node.mjs';
import { prepare } from '../setup/prepare.mjs';
import { findRedis } from '../setup/redis.mjs';
import { supervise } from '../setup/supervise.mjs';

/** Proofs on the built product, as a user starts it. */
const ON_REAL_NODES = new Set(['races', 'chaos']);

/** `npm run prove -- NAME [--seed N] [--count N]`: one proof in full; without a name, which there are. */
export async function run(args) {
  const isOnNodes = args.some((name) => ON_REAL_NODES.has(name));
  await prepare({ builds: isOnNodes });
  return supervise(findNode(), ['proofs/main.ts', ...args], isOnNodes ? await findRedis() : {});
}
