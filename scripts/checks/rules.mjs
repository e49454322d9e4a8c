import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../setup/paths.mjs';

const PAGE = 'docs/behaviour.md';
const isTest = (name) => /\.(test|testsuite|e2e)\.ts$/.test(name);

export const rules = {
  name: 'rules',
  says: 'every rule of docs/behaviour.md has a test',
  run: () => compare(ROOT),
  canary: {
    files: {
      'docs/behaviour.md': '- **HOLD-1** A teammate holds.\n- **HOLD-2** The agent does not.\n',
      'packages/a/test/hold.test.ts': "test('[HOLD-1] holds', () => {});\ntest('[HOLD-9] is gone', () => {});\n",
    },
    run: (folder) => compare(folder),
    notices: ['HOLD-2: no test', 'names HOLD-9'],
  },
};

function compare(root) {
  const page = join(root, PAGE);
  const tests = ['packages', 'apps', 'e2e', 'proofs'].flatMap((folder) => testsUnder(root, folder));
  const complaints = compareRules(existsSync(page) ? readFileSync(page, 'utf8') : '', tests);
  return { ok: complaints.length === 0, output: complaints.join('\n') };
}

function testsUnder(root, folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : testsUnder(root, path);
    return isTest(entry.name) ? [{ path, source: readFileSync(join(root, path), 'utf8') }] : [];
  });
}

const declared = /\*\*([A-Z]+-\d+)\*\*/g;

// A title begins with its rules: test('[HOLD-1] …'), test.each(rows)('[HOLD-1] …'), test(`[HOLD-1] [HOLD-2, SEE-1] …`).
const title = /\(\s*(['"`])((?:\[[A-Z]+-\d+(?:,\s*[A-Z]+-\d+)*\]\s*)+)/g;

/** The ids that the behaviour page declares, in its order. */
export const declaredRules = (page) => [...new Set([...page.matchAll(declared)].map((match) => match[1]))];

/** The ids that the titles in a test file name. */
export const namedRules = (source) => [
  ...new Set([...source.matchAll(title)].flatMap((match) => match[2].match(/[A-Z]+-\d+/g) ?? [])),
];

/** Compares the page with the tests: every rule has a test, and every named rule exists. */
export function compareRules(page, tests) {
  const declaredIds = declaredRules(page);
  const named = new Set(tests.flatMap((test) => namedRules(test.source)));
  const untested = declaredIds.filter((id) => !named.has(id)).map((id) => `${id}: no test has it in its title`);
  const unknown = tests.flatMap((test) =>
    namedRules(test.source)
      .filter((id) => !declaredIds.includes(id))
      .map((id) => `${test.path}: names ${id}, which docs/behaviour.md does not have`),
  );
  const none = declaredIds.length === 0 ? ['docs/behaviour.md declares no rule'] : [];
  return [...none, ...untested, ...unknown];
}
