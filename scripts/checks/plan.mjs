import { boundaries } from './boundaries.mjs';
import { buildCheck } from './build-check.mjs';
import { format } from './format.mjs';
import { lint } from './lint.mjs';
import { lintSvelte } from './lint-svelte.mjs';
import { prose } from './prose.mjs';
import { rules } from './rules.mjs';
import { svelteTypes } from './svelte-types.mjs';
import { types } from './types.mjs';
import { unused } from './unused.mjs';

/** The projects of vitest.config.ts. */
const suiteNames = ['unit', 'postgres', 'browser', 'e2e'];

const first = [buildCheck];
// The slow ones begin first, so that two cores finish together.
const checks = [svelteTypes, types, lintSvelte, boundaries, unused, lint, format, rules, prose];

export const checkNames = [...first, ...checks].map((check) => check.name).concat(suiteNames);

/** What to run for these names: everything for none. e2e runs the built product, so it brings the build with it. */
export function plan(names) {
  const chosen = (name) => names.length === 0 || names.includes(name);
  return {
    first: first.filter((check) => chosen(check.name) || names.includes('e2e')),
    checks: checks.filter((check) => chosen(check.name)),
    suites: suiteNames.filter(chosen),
  };
}
