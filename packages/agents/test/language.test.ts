import { describe, expect, it } from 'vitest';
import { languageOf } from '../src/faq/language.ts';

describe('the language of the customer', () => {
  it.each([
    ['en', ['What are your opening hours?']],
    ['es', ['¿Cuáles son sus horarios?']],
    ['es', ['Quiero hablar con una persona']],
    ['es', ['hola']],
    ['en', ['hello']],
    ['es', ['12345', '¿Dónde está mi pedido?']],
    ['en', ['pizza', 'where is the shop?']],
    ['en', ['12345']],
    ['en', []],
  ] as const)('is %s after %j', (language, texts) => {
    expect(languageOf(texts)).toBe(language);
  });
});
