import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../setup/places.mjs';
import { compareRules } from './rule-ids.mjs';

const PAGE = 'docs/behaviour.md';
const isTest = (name) => /\.(test|testsuite|e2e)\.ts$/.test(name);

export const rules = {
  name: 'rules',
  says: 'every rule of docs/behaviour.md has a test',
  run: () => compare(ROOT),
  canary: {
    files: {
      'docs/behaviour.md': '- **HOLD-1** Somebody holds.\n- **HOLD-2** Nobody else does.\n',
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
