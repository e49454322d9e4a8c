import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

type Variants = { declarations: string[]; selectors: string[]; match: Record<string, string> };
type Message = string | Variants[];

const read = (locale: string): Record<string, Message> => {
  const { $schema, ...messages } = JSON.parse(
    readFileSync(new URL(`../../../messages/${locale}.json`, import.meta.url), 'utf8'),
  ) as Record<string, Message>;
  expect($schema).toBeTypeOf('string');
  return messages;
};

const en = read('en');
const es = read('es');

const textsOf = (message: Message): string[] =>
  typeof message === 'string' ? [message] : message.flatMap(({ match }) => Object.values(match));
const inputsOf = (message: Message): string[] => {
  const used = textsOf(message).flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!));
  const chosen = typeof message === 'string' ? [] : message.flatMap(({ declarations }) => declarations);
  return [
    ...new Set([...used, ...chosen.filter((text) => text.startsWith('input ')).map((text) => text.slice(6))]),
  ].sort();
};

describe('both languages', () => {
  test('have the same messages in the same order', () => {
    expect(Object.keys(es)).toEqual(Object.keys(en));
  });

  test('leave no text empty', () => {
    const isEmpty = (key: string): boolean =>
      [en, es].some((words) => textsOf(words[key]!).some((text) => !text.trim()));
    expect(Object.keys(en).filter(isEmpty)).toEqual([]);
  });

  test('take the same parameters', () => {
    const inputs = (words: Record<string, Message>) =>
      Object.entries(words).map(([key, text]) => [key, inputsOf(text)]);
    expect(inputs(es)).toEqual(inputs(en));
  });

  test('have a text for every count, Spanish millions included', () => {
    for (const message of [...Object.values(en), ...Object.values(es)]) {
      if (typeof message === 'string') continue;
      for (const { selectors, match } of message) {
        expect(Object.keys(match)).toContain(selectors.map((selector) => `${selector}=*`).join(', '));
      }
    }
  });

  test('use typographic apostrophes and ellipses', () => {
    for (const text of [...Object.values(en), ...Object.values(es)].flatMap(textsOf))
      expect(text).not.toMatch(/'|\.\.\./);
  });
});
