import { firstOnPath } from './programs.mjs';
import { step } from './step.mjs';

const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };

export const isRootOnDebian = () => process.getuid?.() === 0 && firstOnPath(['apt-get']) !== undefined;

/** Installs a Debian package, as root. The lists of a fresh container are empty, so they are fetched first. */
export async function installWithApt(name) {
  await step('Updating the list of packages (apt-get)', 'apt-get', ['update', '-q'], { env, quiet: true });
  const options = ['install', '-q', '-y', '--no-install-recommends'];
  await step(`Installing ${name} (apt-get)`, 'apt-get', [...options, name], { env, quiet: true });
}
