import type { LaunchOptions } from 'playwright';

// A closed network must not slow a test down: Chromium would otherwise keep asking for updates and field trials.
const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync'];

// Chromium's sandbox refuses to start for root, and small /dev/shm (containers) crashes its renderers.
const rootOnly = ['--no-sandbox', '--disable-dev-shm-usage'];

/** Of a browser that starts for the first time on a busy machine; Playwright would give up after half a minute. */
const START_MS = 120_000;

/** How every test starts Chromium. `BATON_CHROMIUM` is the browser that the check runner found. */
export function chromiumLaunchOptions(): LaunchOptions {
  const executablePath = process.env['BATON_CHROMIUM'];
  const args = process.getuid?.() === 0 ? [...quiet, ...rootOnly] : quiet;
  return { args, timeout: START_MS, ...(executablePath ? { executablePath } : {}) };
}
