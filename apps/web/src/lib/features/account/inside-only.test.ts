import { expect, test } from 'vitest';
import { insideOnly } from './inside-only.ts';

test('after signing in a link leads on, but never out of the app', () => {
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
