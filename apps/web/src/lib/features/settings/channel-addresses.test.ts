import { expect, test } from 'vitest';
import { addressesOf, originsOf, refusedOrigins } from './channel-addresses.ts';

test('sites stand one a line, in any number of blanks, each once', () => {
  expect(originsOf(' https://a.example\n\nhttps://b.example https://a.example\t')).toEqual([
    'https://a.example',
    'https://b.example',
  ]);
  expect(originsOf(' \n')).toEqual([]);
});

test('a refusal names the sites that it is about', () => {
  const fields = { 'settings.allowedOrigins.1': 'must be an origin', name: 'is too long' };
  expect(refusedOrigins(fields, ['https://a.example', 'shop', 'c'])).toEqual(['shop']);
  expect(refusedOrigins({}, ['a'])).toEqual([]);
});

test('a channel over HTTP is called at an address, if one is given; a web chat is shown on sites', () => {
  expect(addressesOf('http', ' https://a.example/hook ', ['https://b.example'])).toEqual({
    callbackUrl: 'https://a.example/hook',
  });
  expect(addressesOf('http', ' ', [])).toEqual({});
  expect(addressesOf('webchat', 'https://a.example/hook', [])).toEqual({ allowedOrigins: [] });
});
