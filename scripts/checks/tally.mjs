/** Sums the checks up: prints the last line of every run, and gives the exit code. */
export function sumUp(results, print = console.log) {
  const passed = total(results, 'passed');
  const failed = total(results, 'failed');
  const broken = results.filter((result) => result.failed > 0).map((result) => result.name);
  if (broken.length > 0) print(`\nFailed: ${broken.join(', ')}`);
  print(`\n${passed} passed, ${failed} failed`);
  // A run that checked nothing proves nothing.
  return failed === 0 && passed > 0 ? 0 : 1;
}

const total = (results, key) => results.reduce((sum, result) => sum + result[key], 0);

/**
 * Counts what Vitest's JSON report says, suite by suite.
 *
 * A file that failed to load has no tests to count, so it counts as one failure; so does a suite that ran no test at
 * all, and a run that failed for a reason which no test shows (an unhandled error, a broken set-up).
 */
export function tally(report, suites, suiteOf, exitCode) {
  const counts = new Map(suites.map((name) => [name, { name, passed: 0, failed: 0 }]));
  for (const file of report?.testResults ?? []) {
    const count = counts.get(suiteOf(file.name));
    if (!count) continue;
    const failed = ofStatus(file, 'failed');
    count.passed += ofStatus(file, 'passed');
    count.failed += failed === 0 && file.status === 'failed' ? 1 : failed;
  }
  const results = [...counts.values()];
  for (const count of results) {
    if (count.passed + count.failed === 0) Object.assign(count, { failed: 1, empty: true });
  }
  if (exitCode !== 0 && total(results, 'failed') === 0) results.push({ name: 'vitest', passed: 0, failed: 1 });
  return results;
}

const ofStatus = (file, status) => file.assertionResults.filter((test) => test.status === status).length;
