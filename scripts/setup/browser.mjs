import { existsSync } from 'node:fs';
import { installWithApt, isRootOnDebian } from './apt.mjs';
import { run } from './child.mjs';
import { firstThatWorks } from './first-that-works.mjs';
import { findNode, withNode } from './node.mjs';
import { unpackChromium } from './packed-chromium.mjs';
import { tool } from './places.mjs';
import { firstOnPath } from './programs.mjs';
import { step } from './step.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];
const macApp = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
const DOWNLOAD_MS = 5 * 60_000;

// Each gives a path or nothing; the first browser that really starts is taken.
const sources = [
  () => process.env.BATON_CHROMIUM,
  () => firstOnPath(names),
  () => macApp,
  downloadedByPlaywright,
  downloadNow,
  fromDebian,
  unpackChromium,
];

/** Finds a Chromium for the tests, or gets one. Without one it says so, and the tests that need it fail. */
export async function findBrowser() {
  const path = await firstThatWorks(sources, starts);
  if (path) {
    console.log(`Browser: ${path}`);
    return { BATON_CHROMIUM: path };
  }
  console.error('Browser: none found, and none could be got. Install Chromium or Chrome, or set BATON_CHROMIUM.');
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
    explain: () => 'Trying another way.',
  });
  return downloadedByPlaywright();
}

async function fromDebian() {
  if (!isRootOnDebian()) return undefined;
  await installWithApt('chromium');
  return firstOnPath(names);
}
