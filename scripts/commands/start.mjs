import { findNode } from '../setup/node.mjs';
import { SERVER_BUNDLE } from '../setup/places.mjs';
import { prepare } from '../setup/prepare.mjs';
import { supervise } from '../setup/supervise.mjs';

/** `npm start`: installs and builds what changed, then runs the bundled server until it ends. */
export async function run() {
  await prepare({ builds: true });
  return supervise(findNode(), [SERVER_BUNDLE], { NODE_ENV: 'production' });
}
