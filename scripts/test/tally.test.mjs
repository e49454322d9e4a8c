import { expect, test } from 'vitest';
import { suiteOf } from '../checks/suites.mjs';
import { sumUp, tally } from '../checks/tally.mjs';

const file = (name, ...statuses) => ({
  name,
  status: statuses.includes('failed') ? 'failed' : 'passed',
  assertionResults: statuses.map((status) => ({ status })),
});

const count = (testResults, { suites = ['unit'], exitCode = 0 } = {}) =>
  tally({ testResults }, suites, suiteOf, exitCode);

test('tests are counted by the suite of their file', () => {
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

test('a file that fails to load counts as one failure', () => {
  const broken = { name: '/broken.test.ts', status: 'failed', assertionResults: [] };
  expect(count([file('/a.test.ts', 'passed'), broken], { exitCode: 1 })).toMatchObject([{ passed: 1, failed: 1 }]);
});

test('a suite in which no test ran is a failure', () => {
  expect(count([])).toMatchObject([{ name: 'unit', failed: 1, empty: true }]);
  expect(count([file('/a.test.ts', 'skipped')])).toMatchObject([{ failed: 1, empty: true }]);
});

test('a run that fails beside its tests is a failure', () => {
  expect(count([file('/a.test.ts', 'passed')], { exitCode: 1 })).toMatchObject([
    { passed: 1 },
    { name: 'vitest', failed: 1 },
  ]);
});

test('without a report every suite is a failure', () => {
  expect(tally(undefined, ['unit', 'e2e'], suiteOf, 1)).toMatchObject([{ failed: 1 }, { failed: 1 }]);
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
])('the last line sums up, and the exit code follows it', (results, last, exitCode) => {
  const printed = [];
  expect(sumUp(results, (text) => printed.push(...text.split('\n')))).toBe(exitCode);
  expect(printed.at(-1)).toBe(last);
});
