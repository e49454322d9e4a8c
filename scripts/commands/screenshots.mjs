import { findBrowser } from '../setup/browser.mjs';
import { findNode } from '../setup/node.mjs';
import { prepare } from '../setup/prepare.mjs';
import { supervise } from '../setup/supervise.mjs';

/** `npm run screenshots [NAME…]`: every page and state as it looks, at three sizes, light and dark, in both languages. */
export async function run(args) {
  await prepare({ builds: true });
  return supervise(findNode(), ['e2e/screenshots/main.ts', ...args], await findBrowser());
}
