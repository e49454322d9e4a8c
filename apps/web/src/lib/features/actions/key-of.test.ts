import { expect, test } from 'vitest';
import { ariaKey, keyLabel, keyOf } from './key-of.ts';
import type { Pressed } from './key-of.ts';

const press = (key: string, more: Partial<Pressed> = {}): string | null =>
  keyOf({ key, code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more });

test('letters, signs and modifiers have one name each', () => {
  expect(press('j')).toBe('j');
  expect(press('E', { shiftKey: true })).toBe('Shift+E');
  expect(press('k', { ctrlKey: true })).toBe('Ctrl+K');
  expect(press('k', { metaKey: true })).toBe('Ctrl+K');
});

test('a sign is the same wherever the keyboard has it', () => {
  expect(press('/')).toBe('/');
  expect(press('/', { shiftKey: true })).toBe('/');
  expect(press('?', { shiftKey: true })).toBe('?');
});

test('Caps Lock is no Shift', () => {
  expect(press('E')).toBe('e');
});

test('a letter of another script is known by its place', () => {
  expect(press('о', { code: 'KeyJ' })).toBe('j');
  expect(press('ñ', { code: 'Semicolon' })).toBe('ñ');
});

test('what is no character, Alt, and text being composed are no shortcuts', () => {
  expect(press('Enter')).toBeNull();
  expect(press(' ')).toBeNull();
  expect(press('Dead')).toBeNull();
  expect(press('j', { altKey: true })).toBeNull();
  expect(press('j', { isComposing: true })).toBeNull();
});

test('keys are written as on this machine', () => {
  expect(keyLabel('Ctrl+K', false)).toBe('Ctrl+K');
  expect(keyLabel('Ctrl+K', true)).toBe('⌘K');
  expect(keyLabel('j', false)).toBe('J');
  expect(ariaKey('Ctrl+K')).toBe('Control+K');
});
