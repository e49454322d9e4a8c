import { DrizzleQueryError } from 'drizzle-orm';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { errorSummary } from '../../src/logging/log.ts';

/** The log line of an error. */
function logged(err: unknown): string {
  const lines: string[] = [];
  pino({ serializers: { err: errorSummary } }, { write: (line) => void lines.push(line) }).error({ err }, 'it failed');
  return lines.join('');
}

const params = ['the-token', 'a text\n    at of several lines', ['in', 'a list']];
const failed = new DrizzleQueryError('select $1', params, new Error('the database is gone'));

test.each([
  ['a failed query', failed],
  ['what wraps it', new Error('not signed in', { cause: failed })],
  ['what holds it', Object.assign(new Error('Failed query: select $1; the database is gone'), { body: failed })],
  ['a row that PostgreSQL tells', Object.assign(failed, { detail: 'Failing row contains (the-token)' })],
  ['what wraps that', new Error('no answer', { cause: new Error('not signed in', { cause: failed }) })],
])('[SEE-5] of %s the log tells the query and why it failed, and nothing that was asked with it', (_, error) => {
  const line = logged(error);
  expect(line).toContain('Failed query: select $1');
  expect(line).toContain('the database is gone');
  expect(line).toContain('log.test.ts');
  expect(line).not.toMatch(/the-token|several lines|a list/);
});

test('what else is logged is logged as ever', () => {
  expect(logged(Object.assign(new TypeError('a bug'), { code: 'X' }))).toMatch(/TypeError.*a bug.*"code":"X"/);
  expect(logged('a word')).toContain('"err":"a word"');
});
