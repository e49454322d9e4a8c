import { prepare } from '../setup/prepare.mjs';

/** Installs and builds, and starts nothing: what the container image needs. */
export async function run() {
  await prepare({ builds: true });
  return 0;
}
