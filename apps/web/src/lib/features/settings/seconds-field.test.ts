import { expect, test } from 'vitest';
import { readSeconds } from './seconds-field.ts';

test('accepts only whole seconds within the bounds', () => {
  expect(readSeconds('0', 86_400)).toBe(0);
  expect(readSeconds(' 86400 ', 86_400)).toBe(86_400);
  for (const wrong of ['', ' ', '-1', '86401', '1.5', '1e3', '0x10', 'ten', '9999999999', '١'])
    expect(readSeconds(wrong, 86_400)).toBeNull();
});
