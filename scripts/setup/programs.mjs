import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Failure, step } from './child.mjs';

/** The first of these programs found on the PATH. */
export function firstOnPath(names, path = process.env.PATH ?? '') {
  const folders = path.split(delimiter).filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

export function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };

export const isRootOnDebian = () => process.getuid?.() === 0 && firstOnPath(['apt-get']) !== undefined;

/** Installs a Debian package as root. A fresh container has no package lists, so they are fetched first. */
export async function installWithApt(name) {
  await step('Updating the list of packages (apt-get)', 'apt-get', ['update', '-q'], { env, quiet: true });
  const options = ['install', '-q', '-y', '--no-install-recommends'];
  await step(`Installing ${name} (apt-get)`, 'apt-get', [...options, name], { env, quiet: true });
}

/** Tries sources of a program in order and returns the first path that `works`. A source that fails prints one line. */
export async function firstThatWorks(sources, works) {
  for (const source of sources) {
    const path = await attempt(source);
    if (path && (await works(path))) return path;
  }
  return undefined;
}

async function attempt(source) {
  try {
    return await source();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    console.log(`  ${error.message}`);
    return undefined;
  }
}
