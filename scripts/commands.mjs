import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkNames, plan } from './checks/plan.mjs';
import { runChecks } from './checks/run-checks.mjs';
import { runSuites, sumUp } from './checks/run-suites.mjs';
import { findBrowser } from './setup/browser.mjs';
import { Failure, supervise } from './setup/child.mjs';
import { findNode, withNode } from './setup/node.mjs';
import { ROOT, SERVER_BUNDLE } from './setup/paths.mjs';
import { prepare } from './setup/prepare.mjs';
import { writeClient } from './setup/generate-client.mjs';
import { findRedis } from './setup/redis.mjs';

/** `npm start`: installs and builds what changed, then runs the bundled server until it ends. */
export async function start() {
  await prepare({ builds: true });
  return supervise(findNode(), [SERVER_BUNDLE], { NODE_ENV: 'production' });
}

const preload = pathToFileURL(join(ROOT, 'scripts/setup/leave-with-supervisor.mjs')).href;

/** `npm run dev`: the server from its sources, restarted when they change, with Vite's hot reload inside it. */
export async function dev() {
  await prepare({ builds: false });
  const watch = ['--watch', '--watch-preserve-output', '--import', preload];
  return supervise(findNode(), [...watch, 'apps/server/src/main.ts'], {
    BATON_DEV: '1',
    BATON_SUPERVISOR: String(process.pid),
  });
}

/** Installs and builds without starting anything: the container image needs this. */
export async function buildAll() {
  await prepare({ builds: true });
  return 0;
}

/** `npm run backup -- FOLDER`: docs/operating.md says how. */
export async function backup(args) {
  await prepare({ builds: false });
  return supervise(findNode(), ['apps/server/src/backup.ts', 'backup', ...args], { NODE_ENV: 'production' });
}

/** `npm run restore -- FOLDER`: docs/operating.md says how. */
export async function restore(args) {
  await prepare({ builds: false });
  return supervise(findNode(), ['apps/server/src/backup.ts', 'restore', ...args], { NODE_ENV: 'production' });
}

/** `npm run generate`: the client's types and operations, from the server's OpenAPI document. */
export async function generate() {
  await prepare({ builds: false });
  await writeClient();
  return 0;
}

/** `npm test [NAME…]`: every check, or the named ones. Its last line is `N passed, N failed`. */
export async function test(names) {
  const unknown = names.filter((name) => !checkNames.includes(name));
  if (unknown.length > 0)
    throw new Failure(`No check is called ${unknown.join(', ')}. There are: ${checkNames.join(', ')}.`);

  await prepare({ builds: false });
  const { first, checks, suites } = plan(names);
  const env = withNode({ ...process.env, ...(await findServices(suites)) });

  // The build runs first: it writes SvelteKit's generated types, which other checks read, and e2e needs its result.
  const results = [...(await runChecks(first, env)), ...(await runChecks(checks, env))];
  if (suites.length > 0) results.push(...(await runSuites(suites, env)));
  return sumUp(results);
}

/** Finds the browser and Redis. Without one, this prints so, and the tests that need it fail instead of being skipped. */
async function findServices(suites) {
  const env = {};
  if (suites.includes('browser') || suites.includes('e2e')) Object.assign(env, await findBrowser());
  if (suites.includes('postgres') || suites.includes('e2e')) Object.assign(env, await findRedis());
  return env;
}

/** `npm run bench [NAME…]`: the benchmarks, against the same bundle that `npm start` runs. */
export async function bench(args) {
  await prepare({ builds: true });
  return supervise(findNode(), ['bench/main.ts', ...args], { NODE_ENV: 'production' });
}

/** `npm run screenshots [NAME…]`: pictures of every page and state, at each width, light and dark, in both languages. */
export async function screenshots(args) {
  await prepare({ builds: true });
  return supervise(findNode(), ['e2e/screenshots/main.ts', ...args], await findBrowser());
}

/** Proofs that start nodes of the built product. */
const ON_REAL_NODES = new Set(['races', 'chaos']);

/** `npm run prove -- NAME [--seed N] [--count N]`: one proof in full; without a name, the list of proofs. */
export async function prove(args) {
  const isOnNodes = args.some((name) => ON_REAL_NODES.has(name));
  await prepare({ builds: isOnNodes });
  return supervise(findNode(), ['proofs/main.ts', ...args], isOnNodes ? await findRedis() : {});
}
