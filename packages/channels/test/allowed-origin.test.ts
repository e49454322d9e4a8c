import { describe, expect, it } from 'vitest';
import { isAllowedOrigin } from '../src/webchat/allowed-origin.ts';

const OURS = ['https://inbox.example'];
const ALLOWED = [
  'https://shop.example',
  'https://Other.Example:443/',
  'http://localhost:5173',
  'not an origin',
  'null',
];

describe('origins that may show the chat', () => {
  it.each([
    'https://inbox.example',
    'https://shop.example',
    'https://SHOP.example',
    'https://shop.example:443',
    'https://other.example',
    'http://localhost:5173',
  ])('%s may', (origin) => {
    expect(isAllowedOrigin(origin, OURS, ALLOWED)).toBe(true);
  });

  it.each([
    'http://shop.example',
    'https://shop.example:8443',
    'https://evil.example',
    'https://shop.example.evil.example',
    'https://evilshop.example',
    'https://sub.shop.example',
    'https://shop.example@evil.example',
    'https://evil.example/https://shop.example',
    'https://shop.example/path',
    'https://user@shop.example',
    'http://localhost',
    'null',
    'not an origin',
    'file://',
    '',
    '*',
  ])('%s may not', (origin) => {
    expect(isAllowedOrigin(origin, OURS, ALLOWED)).toBe(false);
  });

  it('allows only our own pages without a list', () => {
    expect(isAllowedOrigin('https://inbox.example', OURS)).toBe(true);
    expect(isAllowedOrigin('https://shop.example', OURS)).toBe(false);
  });
});
