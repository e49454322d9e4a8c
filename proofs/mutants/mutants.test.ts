import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { tryMutants } from './try-mutants.ts';
import { mutants } from './list.ts';
import { mutate } from './mutant.ts';

const ROOT = resolve(import.meta.dirname, '../..');

test('finds the text of every mutant, and at least 50 mutants', () => {
  for (const mutant of mutants) {
    const original = readFileSync(resolve(ROOT, mutant.file), 'utf8');
    expect(mutate(original, mutant)).not.toBe(original);
  }
  expect(mutants.length).toBeGreaterThanOrEqual(50);
  expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length);
});

test('throws for a mutant whose text is gone', () => {
  const [mutant] = mutants;
  expect(() => mutate('select 1', mutant!)).toThrow('occurs 0 times');
});

// All of them: npm run prove -- mutants
test('[HOLD-2] [TURN-4] [SEND-4] kills three mutants and passes a harmless one', { timeout: 900_000 }, async () => {
  const names = [
    'the trigger does not check the epoch',
    'the epoch is not new on hand-back',
    'the sender’s 2 s check is gone',
  ];
  const harmless = { name: 'harmless', file: 'packages/conversation/src/derive.ts', suites: ['rules'] } as const;
  const chosen = [
    ...mutants.filter(({ name }) => names.includes(name)),
    { ...harmless, find: 'HOLD-1 in one sentence', replace: 'HOLD-1 in a sentence' },
  ];
  const kinds = new Map<string, string>();
  await tryMutants(chosen, 2, ({ mutant, outcome }) => kinds.set(mutant.name, outcome.kind));
  expect(Object.fromEntries(kinds)).toEqual({
    ...Object.fromEntries(names.map((name) => [name, 'failed'])),
    harmless: 'passed',
  });
});
