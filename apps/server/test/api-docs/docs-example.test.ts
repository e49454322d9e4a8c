import { expect, test } from 'vitest';
import { curlOf, exampleOf } from '../../src/api-docs/docs-example.ts';

const customer = { type: 'object', properties: { externalId: { type: 'string' } }, required: ['externalId'] };

test('an example has what must be there, and all where nothing must', () => {
  const properties = { customer, text: { type: 'string' }, sentAt: { type: 'string', format: 'date-time' } };
  const body = { type: 'object', properties, required: ['customer', 'text'] };
  expect(exampleOf(body)).toEqual({ customer: { externalId: 'text' }, text: 'text' });
  expect(exampleOf({ type: 'object', properties })).toHaveProperty('sentAt', '2026-01-31T12:00:00Z');
});

test('an example takes the first of several, and what stands there by itself', () => {
  expect(exampleOf({ oneOf: [{ type: 'object', properties: { kind: { enum: ['faq'] } } }] })).toEqual({ kind: 'faq' });
  expect(exampleOf({ type: ['integer', 'null'], default: 30 })).toBe(30);
  expect(exampleOf({ type: 'array', items: { type: 'boolean' } })).toEqual([true]);
  expect(exampleOf({ type: 'number' })).toBe(1);
  expect(exampleOf(undefined)).toBeNull();
});

test('a call without a body says nothing of one, and a quote does not end the text', () => {
  expect(curlOf('get', '/api/v1/me', undefined)).toBe(
    'curl -X GET $BATON/api/v1/me \\\n  -H "Authorization: Bearer $KEY"',
  );
  expect(curlOf('post', '/x', { enum: ["it's"] })).toContain(`-d '"it'\\''s"'`);
});
