import { expect, test } from 'vitest';
import { sharedLookup } from '../../src/timing/shared-lookup.ts';

function lookups() {
  const begun: { key: string; answer: (value: string) => void; fail: (error: Error) => void }[] = [];
  const ask = sharedLookup(
    (key) => new Promise<string>((resolve, reject) => begun.push({ key, answer: resolve, fail: reject })),
  );
  return { begun, ask };
}

test('who asks while a lookup runs gets the next one, together with the others', async () => {
  const { begun, ask } = lookups();
  const first = ask('a');
  const later = [ask('a'), ask('a'), ask('a')];
  expect(begun).toHaveLength(1);
  begun[0]!.answer('old');
  expect(await first).toBe('old');
  await Promise.resolve();
  expect(begun).toHaveLength(2);
  begun[1]!.answer('new');
  expect(await Promise.all(later)).toEqual(['new', 'new', 'new']);
});

test('nothing is remembered', async () => {
  const { begun, ask } = lookups();
  const first = ask('a');
  begun[0]!.answer('one');
  await first;
  const second = ask('a');
  begun[1]!.answer('two');
  expect(await second).toBe('two');
});

test('a failed lookup is not the failure of the next', async () => {
  const { begun, ask } = lookups();
  const [first, second] = [ask('a'), ask('a')];
  begun[0]!.fail(new Error('away'));
  await expect(first).rejects.toThrow('away');
  await Promise.resolve();
  begun[1]!.answer('back');
  expect(await second).toBe('back');
});

test('keys do not wait for each other', () => {
  const { begun, ask } = lookups();
  void ask('a');
  void ask('b');
  expect(begun.map(({ key }) => key)).toEqual(['a', 'b']);
});
