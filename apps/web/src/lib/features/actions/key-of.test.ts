import { expect, test } from 'vitest';
import { ariaKey, keyLabel, keyOf } from './key-of.ts';
import type { Pressed } from './key-of.ts';

const press = (key: string, more: Partial<Pressed> = {}): string | null =>
  keyOf({ key, code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more });

test('gives letters, signs and modifiers one name each', () => {
  expect(press('j')).toBe('j');
  expect(press('E', { shiftKey: true })).toBe('Shift+E');
  expect(press('k', { ctrlKey: true })).toBe('Ctrl+K');
  expect(press('k', { metaKey: true })).toBe('Ctrl+K');
});

test('names a sign alike on every keyboard', () => {
  expect(press('/')).toBe('/');
  expect(press('/', { shiftKey: true })).toBe('/');
  expect(press('?', { shiftKey: true })).toBe('?');
});

test('does not take Caps Lock for Shift', () => {
  expect(press('E')).toBe('e');
});

test('names a letter of another script by its position', () => {
  expect(press('о', { code: 'KeyJ' })).toBe('j');
  expect(press('ñ', { code: 'Semicolon' })).toBe('ñ');
});

test('ignores keys without a character, Alt, and composed text', () => {
  expect(press('Enter')).toBeNull();
  expect(press(' ')).toBeNull();
  expect(press('Dead')).toBeNull();
  expect(press('j', { altKey: true })).toBeNull();
  expect(press('j', { isComposing: true })).toBeNull();
});

test('writes keys as this operating system does', () => {
  expect(keyLabel('Ctrl+K', false)).toBe('Ctrl+K');
  expect(keyLabel('Ctrl+K', true)).toBe('⌘K');
  expect(keyLabel('j', false)).toBe('J');
  expect(ariaKey('Ctrl+K')).toBe('Control+K');
});
