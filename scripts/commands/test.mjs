import { checkNames, plan } from '../checks/plan.mjs';
import { runChecks } from '../checks/run-checks.mjs';
import { runSuites } from '../checks/suites.mjs';
import { sumUp } from '../checks/tally.mjs';
import { Failure } from '../setup/failure.mjs';
import { findBrowser } from '../setup/browser.mjs';
import { withNode } from '../setup/node.mjs';
import { prepare } from '../setup/prepare.mjs';
import { findRedis } from '../setup/redis.mjs';

/** `npm test [NAME…]`: every check, or the named ones. Its last line is `N passed, N failed`. */
export async function run(names) {
  const unknown = names.filter((name) => !checkNames.includes(name));
  if (unknown.length > 0)
    throw new Failure(`No check is called ${unknown.join(', ')}. There are: ${checkNames.join(', ')}.`);

  await prepare({ builds: false });
  const { first, checks, suites } = plan(names);
  const env = withNode({ ...process.env, ...(await findServices(suites)) });

  // The build comes before the rest: two of them would write SvelteKit's generated types at once, and e2e needs it.
  const results = [...(await runChecks(first, env)), ...(await runChecks(checks, env))];
  if (suites.length > 0) results.push(...(await runSuites(suites, env)));
  return sumUp(results);
}

/** What the suites need beside Node: their absence is said here, and their tests then fail rather than be skipped. */
async function findServices(suites) {
  const env = {};
  if (suites.includes('browser') || suites.includes('e2e')) Object.assign(env, await findBrowser());
  if (suites.includes('postgres') || suites.includes('e2e')) Object.assign(env, await findRedis());
  return env;
}
