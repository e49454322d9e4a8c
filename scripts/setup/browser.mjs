import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, step } from './child.mjs';
import { findNode, withNode } from './node.mjs';
import { CACHE, tool } from './paths.mjs';
import { firstOnPath, firstThatWorks, installWithApt, isExecutable, isRootOnDebian } from './programs.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];
const macApp = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
const DOWNLOAD_MS = 5 * 60_000;

// Each source gives a path or nothing. The first browser that starts is used.
const sources = [
  () => process.env.BATON_CHROMIUM,
  () => firstOnPath(names),
  () => macApp,
  downloadedByPlaywright,
  downloadNow,
  fromDebian,
  unpackChromium,
];

/** Finds or installs a Chromium for the tests. Without one, this prints so, and the tests that need it fail. */
export async function findBrowser() {
  const path = await firstThatWorks(sources, starts);
  if (path) {
    console.log(`Browser: ${path}`);
    return { BATON_CHROMIUM: path };
  }
  console.error('Browser: not found, and could not be installed. Install Chromium or Chrome, or set BATON_CHROMIUM.');
  return {};
}

/** A found file may be a stub (Ubuntu's asks for a snap), or lack the system's libraries. */
async function starts(path) {
  if (!existsSync(path)) return false;
  const { code } = await run(path, ['--version', '--no-sandbox'], { timeoutMs: 20_000 });
  return code === 0;
}

async function downloadedByPlaywright() {
  const print = "import('playwright').then(({ chromium }) => process.stdout.write(chromium.executablePath()))";
  const { output } = await run(findNode(), ['-e', print], { env: withNode() });
  return output.trim();
}

async function downloadNow() {
  await step('Downloading a browser for the tests', tool('playwright'), ['install', 'chromium', '--no-shell'], {
    env: withNode(),
    timeoutMs: DOWNLOAD_MS,
    quiet: true,
    explain: () => 'Trying another source.',
  });
  return downloadedByPlaywright();
}

async function fromDebian() {
  if (!isRootOnDebian()) return undefined;
  await installWithApt('chromium');
  return firstOnPath(names);
}

const PACKAGE = '@sparticuz/chromium@147.0.0';
const packedFolder = join(CACHE, 'chromium');
const unpacked = join(packedFolder, 'unpacked');
const wrapper = join(packedFolder, 'chromium');

// The package unpacks into TMPDIR, and unpacks its own libraries only where it detects AWS Lambda.
const unpack = "import('@sparticuz/chromium').then(({ default: chromium }) => chromium.executablePath())";
const pretendLambda = { TMPDIR: unpacked, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' };

/** The last source, which needs no root and no download server: a Chromium from npm with its own libraries. */
async function unpackChromium() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  if (isExecutable(wrapper)) return wrapper;
  mkdirSync(unpacked, { recursive: true });
  writeFileSync(join(packedFolder, 'package.json'), '{"private": true}\n');
  const install = [
    'install',
    '--no-save',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    '--prefix',
    packedFolder,
    PACKAGE,
  ];
  await step('Getting a packed browser from npm', 'npm', install, { cwd: packedFolder, quiet: true });
  await step('Unpacking the browser', findNode(), ['-e', unpack], {
    cwd: packedFolder,
    env: withNode({ ...process.env, ...pretendLambda }),
    quiet: true,
  });
  writeFileSync(
    wrapper,
    [
      '#!/bin/sh',
      `export LD_LIBRARY_PATH="${unpacked}/al2023/lib\${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"`,
      `export FONTCONFIG_PATH="\${FONTCONFIG_PATH:-${unpacked}/fonts}"`,
      // The sandbox needs a helper owned by root, and the tests open only our own pages.
      `exec "${unpacked}/chromium" --no-sandbox "$@"`,
      '',
    ].join('\n'),
  );
  chmodSync(wrapper, 0o755);
  return wrapper;
}
