import { expect, test } from 'vitest';
import { insideOnly } from './inside-only.ts';

test('follows a link after signing in, but never to another site', () => {
  expect(insideOnly('/inbox/1?q=a')).toBe('/inbox/1?q=a');
  for (const outside of [
    null,
    '',
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    '/\t/evil.example',
  ])
    expect(insideOnly(outside)).toBeNull();
});
