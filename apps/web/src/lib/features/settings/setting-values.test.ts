import type { FormField } from '@baton/protocol';
import { expect, test } from 'vitest';
import { linesOf, rejectedLines, settingsOf, valuesOf } from './setting-values.ts';

const form = {
  url: { input: 'address', required: true },
  name: { input: 'text' },
  secret: { input: 'secret' },
  timeoutSeconds: { input: 'seconds' },
  sites: { input: 'origins' },
} satisfies Record<string, FormField>;

test('reads lines between any blanks, each once', () => {
  expect(linesOf(' https://a.example\n\nhttps://b.example https://a.example\t')).toEqual([
    'https://a.example',
    'https://b.example',
  ]);
  expect(linesOf(' \n')).toEqual([]);
});

test('names the lines that the server rejected', () => {
  const errors = { 'settings.sites.1': 'must be an origin', name: 'is too long' };
  expect(rejectedLines(errors, 'settings.sites', ['https://a.example', 'shop', 'c'])).toEqual(['shop']);
  expect(rejectedLines({}, 'settings.sites', ['a'])).toEqual([]);
});

test('shows settings as text, and an unset field as empty', () => {
  const settings = {
    url: 'https://a.example/hook',
    timeoutSeconds: 5,
    sites: ['https://a.example', 'https://b.example'],
  };
  expect(valuesOf(form, settings)).toEqual({
    url: 'https://a.example/hook',
    name: '',
    secret: '',
    timeoutSeconds: '5',
    sites: 'https://a.example\nhttps://b.example',
  });
});

test('sends trimmed texts, whole numbers and lists, without the empty fields', () => {
  const values = {
    url: ' https://a.example ',
    name: ' ',
    secret: ' s ',
    timeoutSeconds: '7',
    sites: 'https://b.example\n',
  };
  expect(settingsOf(form, values)).toEqual({
    url: 'https://a.example',
    secret: ' s ',
    timeoutSeconds: 7,
    sites: ['https://b.example'],
  });
  expect(settingsOf(form, {})).toEqual({ sites: [] });
});

test('leaves a value that is no number to the server', () => {
  expect(settingsOf(form, { timeoutSeconds: 'soon' })).toMatchObject({ timeoutSeconds: Number.NaN });
});
