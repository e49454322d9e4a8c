import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fingerprint, isStamped, stamp } from '../setup/stamp.mjs';

let root;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'baton-stamp-'));
  mkdirSync(join(root, 'src/test'), { recursive: true });
  writeFileSync(join(root, 'src/main.ts'), 'one');
});

afterEach(() => rmSync(root, { recursive: true }));

test('the same content gives the same fingerprint, another content another', () => {
  const before = fingerprint(root, ['src']);
  writeFileSync(join(root, 'src/main.ts'), 'one');
  expect(fingerprint(root, ['src'])).toBe(before);
  writeFileSync(join(root, 'src/main.ts'), 'two');
  expect(fingerprint(root, ['src'])).not.toBe(before);
});

test('a new, renamed or removed file changes it', () => {
  const before = fingerprint(root, ['src']);
  writeFileSync(join(root, 'src/other.ts'), '');
  const withOther = fingerprint(root, ['src']);
  expect(withOther).not.toBe(before);
  rmSync(join(root, 'src/other.ts'));
  writeFileSync(join(root, 'src/third.ts'), '');
  expect(fingerprint(root, ['src'])).not.toBe(withOther);
});

test('what no build reads does not change it: tests, builds, installed packages', () => {
  const before = fingerprint(root, ['src']);
  writeFileSync(join(root, 'src/main.test.ts'), 'a test');
  writeFileSync(join(root, 'src/test/fixture.ts'), 'a fixture');
  mkdirSync(join(root, 'src/node_modules/left'), { recursive: true });
  writeFileSync(join(root, 'src/node_modules/left/pad.js'), '');
  expect(fingerprint(root, ['src'])).toBe(before);
});

test('another platform changes it', () => {
  expect(fingerprint(root, ['src'], 'linux-x64')).not.toBe(fingerprint(root, ['src'], 'darwin-arm64'));
});

test('an absent path counts as empty', () => {
  expect(fingerprint(root, ['absent'])).toBe(fingerprint(root, []));
});

test('a stamp holds for its value alone, and an absent one for none', () => {
  const file = join(root, 'build/.stamp');
  expect(isStamped(file, 'a')).toBe(false);
  stamp(file, 'a');
  expect(isStamped(file, 'a')).toBe(true);
  expect(isStamped(file, 'b')).toBe(false);
});
