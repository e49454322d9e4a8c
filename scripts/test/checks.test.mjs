import { describe, expect, test } from 'vitest';
import { compareRules, declaredRules, namedRules } from '../checks/rules.mjs';
import { canaryComplaint } from '../checks/run-checks.mjs';
import { sumUp, tally } from '../checks/run-suites.mjs';

describe('rules', () => {
  const page = '- **HOLD-1** One state.\n- **HOLD-2** One holder; see HOLD-1.\n- **SEE-10** Words.\n';

  test('reads declared rules from bold ids, not from mentions', () => {
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
  ])('reads rule ids from %s', (source, ids) => {
    expect(namedRules(source)).toEqual(ids);
  });

  test('accepts tests that name each rule and no other', () => {
    const source = "test('[HOLD-1] a', f); test('[HOLD-2, SEE-10] b', f);";
    expect(compareRules(page, [{ path: 'a.test.ts', source }])).toEqual([]);
  });

  test('reports rules without tests and tests without rules', () => {
    const source = "test('[HOLD-1] a', f); test('[HOLD-2] b', f); test('[HOLD-3] c', f);";
    expect(compareRules(page, [{ path: 'a.test.ts', source }])).toEqual([
      'SEE-10: no test has it in its title',
      'a.test.ts: names HOLD-3, which docs/behaviour.md does not have',
    ]);
  });

  test('reports a page without rules', () => {
    expect(compareRules('', [])).toEqual(['docs/behaviour.md declares no rule']);
  });
});

describe('canaryComplaint', () => {
  const files = { 'src/bad.ts': 'bad' };

  test('accepts a check that reports every planted fault', async () => {
    const run = () => ({ ok: false, output: 'src/bad.ts: rule-a, rule-b' });
    expect(await canaryComplaint({ files, run, notices: ['rule-a', 'rule-b'] })).toBeUndefined();
  });

  test('reports a check that passes on bad files', async () => {
    const run = () => ({ ok: true, output: '' });
    expect(await canaryComplaint({ files, run, notices: [] })).toContain('passes on its canary');
  });

  test('reports a check that misses one fault', async () => {
    const run = () => ({ ok: false, output: 'rule-a' });
    expect(await canaryComplaint({ files, run, notices: ['rule-a', 'rule-b'] })).toContain(
      'missed these faults of its canary: rule-b',
    );
  });
});

describe('tally and sumUp', () => {
  const file = (name, ...statuses) => ({
    name,
    status: statuses.includes('failed') ? 'failed' : 'passed',
    assertionResults: statuses.map((status) => ({ status })),
  });

  const count = (testResults, { suites = ['unit'], exitCode = 0 } = {}) => tally({ testResults }, suites, exitCode);

  test('counts tests by the suite of their file', () => {
    const results = count(
      [file('/a.test.ts', 'passed', 'failed', 'skipped'), file('/b.pg.test.ts', 'passed'), file('/c.e2e.ts', 'passed')],
      { suites: ['unit', 'postgres', 'e2e'], exitCode: 1 },
    );
    expect(results).toMatchObject([
      { name: 'unit', passed: 1, failed: 1 },
      { name: 'postgres', passed: 1, failed: 0 },
      { name: 'e2e', passed: 1, failed: 0 },
    ]);
  });

  test('counts a file that fails to load as one failure', () => {
    const broken = { name: '/broken.test.ts', status: 'failed', assertionResults: [] };
    expect(count([file('/a.test.ts', 'passed'), broken], { exitCode: 1 })).toMatchObject([{ passed: 1, failed: 1 }]);
  });

  test('counts a suite without tests as a failure', () => {
    expect(count([])).toMatchObject([{ name: 'unit', failed: 1, empty: true }]);
    expect(count([file('/a.test.ts', 'skipped')])).toMatchObject([{ failed: 1, empty: true }]);
  });

  test('counts a run that fails outside its tests as a failure', () => {
    expect(count([file('/a.test.ts', 'passed')], { exitCode: 1 })).toMatchObject([
      { passed: 1 },
      { name: 'vitest', failed: 1 },
    ]);
  });

  test('counts every suite as failed when there is no report', () => {
    expect(tally(undefined, ['unit', 'e2e'], 1)).toMatchObject([{ failed: 1 }, { failed: 1 }]);
  });

  test.each([
    [[{ name: 'lint', passed: 1, failed: 0 }], '1 passed, 0 failed', 0],
    [
      [
        { name: 'lint', passed: 0, failed: 1 },
        { name: 'unit', passed: 40, failed: 2 },
      ],
      '40 passed, 3 failed',
      1,
    ],
    [[], '0 passed, 0 failed', 1],
  ])('prints the totals last and derives the exit code from them', (results, last, exitCode) => {
    const printed = [];
    expect(sumUp(results, (text) => printed.push(...text.split('\n')))).toBe(exitCode);
    expect(printed.at(-1)).toBe(last);
  });
});
