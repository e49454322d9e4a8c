import { expect, test, vi } from 'vitest';
import { Failure } from '../setup/failure.mjs';
import { firstThatWorks } from '../setup/first-that-works.mjs';

const always = () => true;

test('the first path that works is taken, and no further source is asked', async () => {
  const further = vi.fn();
  const works = (path) => path !== '/stub';
  expect(await firstThatWorks([() => undefined, () => '/stub', () => '/good', further], works)).toBe('/good');
  expect(further).not.toHaveBeenCalled();
});

test('a source that fails is passed over', async () => {
  vi.spyOn(console, 'log').mockImplementation(() => {});
  const fails = () => Promise.reject(new Failure('no network'));
  expect(await firstThatWorks([fails, () => '/good'], always)).toBe('/good');
});

test('a mistake of ours is not taken for a missing network', async () => {
  const broken = () => Promise.reject(new TypeError('undefined is not a function'));
  await expect(firstThatWorks([broken, () => '/good'], always)).rejects.toThrow(TypeError);
});

test('nothing found is nothing', async () => {
  expect(await firstThatWorks([() => undefined], always)).toBeUndefined();
});
