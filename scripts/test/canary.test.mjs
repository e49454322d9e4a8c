import { expect, test } from 'vitest';
import { canaryComplaint } from '../checks/canary.mjs';

const files = { 'src/bad.ts': 'bad' };

test('a check that notices everything is not complained about', async () => {
  const run = () => ({ ok: false, output: 'src/bad.ts: rule-a, rule-b' });
  expect(await canaryComplaint({ files, run, notices: ['rule-a', 'rule-b'] })).toBeUndefined();
});

test('a check that passes on bad files is complained about', async () => {
  const run = () => ({ ok: true, output: '' });
  expect(await canaryComplaint({ files, run, notices: [] })).toContain('passes on files that break');
});

test('a check that misses one rule is complained about', async () => {
  const run = () => ({ ok: false, output: 'rule-a' });
  expect(await canaryComplaint({ files, run, notices: ['rule-a', 'rule-b'] })).toContain('not noticed for: rule-b');
});
