import { expect, test } from 'vitest';
import { compareRules, declaredRules, namedRules } from '../checks/rule-ids.mjs';

const page = '- **HOLD-1** One state.\n- **HOLD-2** One holder; see HOLD-1.\n- **SEE-10** Words.\n';

test('a rule is declared by its bold id, not by a mention', () => {
  expect(declaredRules(page)).toEqual(['HOLD-1', 'HOLD-2', 'SEE-10']);
});

test.each([
  ["test('[HOLD-1] holds', …", ['HOLD-1']],
  ['it(`[HOLD-1] holds ${name}`, …', ['HOLD-1']],
  ['test.each(rows)("[HOLD-1] %s", …', ['HOLD-1']],
  ["test('[HOLD-1] [HOLD-2, SEE-10] both', …", ['HOLD-1', 'HOLD-2', 'SEE-10']],
  ["test(\n  '[HOLD-1] on a line of its own',", ['HOLD-1']],
  ["test('mentions [HOLD-1] too late', …", []],
  ["// [HOLD-1] in a comment\nconst rule = '[HOLD-1]';", []],
])('%s', (source, ids) => {
  expect(namedRules(source)).toEqual(ids);
});

test('every rule with a test, and no other, is no complaint', () => {
  const source = "test('[HOLD-1] a', f); test('[HOLD-2, SEE-10] b', f);";
  expect(compareRules(page, [{ path: 'a.test.ts', source }])).toEqual([]);
});

test('a rule without a test and a test without its rule are complaints', () => {
  const source = "test('[HOLD-1] a', f); test('[HOLD-2] b', f); test('[HOLD-3] c', f);";
  expect(compareRules(page, [{ path: 'a.test.ts', source }])).toEqual([
    'SEE-10: no test has it in its title',
    'a.test.ts: names HOLD-3, which docs/behaviour.md does not have',
  ]);
});

test('a page without rules is a complaint of its own', () => {
  expect(compareRules('', [])).toEqual(['docs/behaviour.md declares no rule']);
});
