import { expect, test } from 'vitest';
import {
  actionOfKey,
  DEFAULT_KEYS,
  keyOfAction,
  readKeyPreferences,
  withKey,
  writeKeyPreferences,
} from './key-preferences.ts';
import type { KeyPreferences } from './key-preferences.ts';
import { ACTIONS } from './registry.ts';

const close = ACTIONS.find(({ id }) => id === 'conversation.close')!;
const note = ACTIONS.find(({ id }) => id === 'conversation.note')!;
const owner = (key: string, preferences: KeyPreferences): string | undefined =>
  actionOfKey(ACTIONS, preferences, key)?.id;

test('takes a key from the action that had it', () => {
  const changed = withKey(ACTIONS, DEFAULT_KEYS, close.id, 'n');
  expect(owner('n', changed)).toBe(close.id);
  expect(owner('e', changed)).toBeUndefined();
  expect(keyOfAction(note, changed)).toBeNull();
  const back = withKey(ACTIONS, withKey(ACTIONS, changed, note.id, 'n'), close.id, 'e');
  expect([owner('n', back), owner('e', back)]).toEqual([note.id, close.id]);
});

test('allows an action without a key', () => {
  expect(owner('e', withKey(ACTIONS, DEFAULT_KEYS, close.id, null))).toBeUndefined();
});

test('leaves only the palette’s key when shortcuts are off', () => {
  const off = { ...DEFAULT_KEYS, enabled: false };
  expect(owner('e', off)).toBeUndefined();
  expect(owner('Ctrl+K', off)).toBe('general.palette');
});

test('keeps preferences beyond the page, and ignores unreadable ones', () => {
  let stored: string | null = null;
  const storage = { getItem: () => stored, setItem: (_: string, value: string) => void (stored = value) };
  const changed = withKey(ACTIONS, { ...DEFAULT_KEYS, enabled: false }, close.id, 'x');
  writeKeyPreferences(storage, changed);
  expect(readKeyPreferences(storage)).toEqual(changed);
  for (const broken of [
    null,
    '{',
    '[]',
    '{"enabled":true}',
    '{"enabled":1,"changed":{}}',
    '{"enabled":true,"changed":{"a":1}}',
  ]) {
    stored = broken;
    expect(readKeyPreferences(storage)).toEqual(DEFAULT_KEYS);
  }
});
