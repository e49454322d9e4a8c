import { chmodSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, step } from './child.mjs';
import { CACHE } from './paths.mjs';
import { firstOnPath, firstThatWorks, installWithApt, isExecutable, isRootOnDebian } from './programs.mjs';

const sources = [() => process.env.BATON_REDIS_SERVER, onPath, fromDebian, unpackedFromDebian];

/** Finds or installs a Redis for the tests of several nodes. Without one, this prints so, and those tests fail. */
export async function findRedis() {
  // Tests use the Redis that the environment names.
  if (process.env.REDIS_URL) return {};
  const path = await firstThatWorks(sources, starts);
  if (path) {
    console.log(`Redis: ${path}`);
    return { BATON_REDIS_SERVER: path };
  }
  console.error('Redis: not found, and could not be installed. Install redis-server, or set REDIS_URL.');
  return {};
}

const starts = async (path) => (await run(path, ['--version'])).code === 0;

function onPath() {
  return firstOnPath(['redis-server', 'valkey-server']);
}

async function fromDebian() {
  if (!isRootOnDebian()) return undefined;
  await installWithApt('redis-server');
  return onPath();
}

/** Without root, the Debian packages are unpacked here. Their `redis-check-rdb` is the same program as the server. */
async function unpackedFromDebian() {
  if (!firstOnPath(['apt-get']) || !firstOnPath(['dpkg'])) return undefined;
  const folder = join(CACHE, 'redis');
  const wrapper = join(folder, 'redis-server');
  if (isExecutable(wrapper)) return wrapper;
  mkdirSync(folder, { recursive: true });
  const packages = ['redis-tools', 'libjemalloc2', 'liblzf1', 'libatomic1'];
  await step('Downloading Redis (apt-get)', 'apt-get', ['download', '-q', ...packages], { cwd: folder, quiet: true });
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.deb'))) {
    await step(`Unpacking ${file}`, 'dpkg', ['-x', file, 'unpacked'], { cwd: folder, quiet: true });
  }
  const unpacked = join(folder, 'unpacked');
  const libraries = readdirSync(join(unpacked, 'usr/lib')).find((name) => name.includes('-linux-'));
  // The program acts as the server when it is called by that name.
  symlinkSync('redis-check-rdb', join(unpacked, 'usr/bin/redis-server'));
  const path = `${unpacked}/usr/lib/${libraries}`;
  writeFileSync(wrapper, `#!/bin/sh\nLD_LIBRARY_PATH="${path}" exec "${unpacked}/usr/bin/redis-server" "$@"\n`);
  chmodSync(wrapper, 0o755);
  return wrapper;
}
