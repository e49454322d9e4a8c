import { build } from '../setup/build.mjs';
import { docs } from './docs.mjs';
import { openapi } from './openapi.mjs';
import { prose } from './prose.mjs';
import { rules } from './rules.mjs';
import { boundaries, format, lint, lintSvelte, svelteTypes, types, unused } from './tool-checks.mjs';

const buildCheck = {
  name: 'build',
  says: 'the web app, the server and the chat widget can be built',
  async run() {
    await build();
    return { ok: true, output: '' };
  },
};

/** The projects of vitest.config.ts. */
const suiteNames = ['unit', 'postgres', 'browser', 'e2e'];

const first = [buildCheck];
// Slow checks start first, so that both cores finish together.
const checks = [svelteTypes, types, lintSvelte, boundaries, unused, lint, format, openapi, rules, docs, prose];

export const checkNames = [...first, ...checks].map((check) => check.name).concat(suiteNames);

/** The checks and suites for these names; everything for no names. e2e needs the build. */
export function plan(names) {
  const chosen = (name) => names.length === 0 || names.includes(name);
  return {
    first: first.filter((check) => chosen(check.name) || names.includes('e2e')),
    checks: checks.filter((check) => chosen(check.name)),
    suites: suiteNames.filter(chosen),
  };
}
