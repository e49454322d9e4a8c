import { wordsOf } from './words.ts';

export type Language = 'en' | 'es';

const ENGLISH = new Set(
  'a an and are can do does for have hello help hi how i im is it my need not of on please thank thanks that the there this to want what when where which who why with would you your'.split(
    ' ',
  ),
);
const SPANISH = new Set(
  'al ayuda buenas buenos como con cual cuando cuanto de del donde el en es esta esto estan favor gracias hay hola la las lo los me mi mucho muy necesito para pero por porque puede puedo que quien quiero se si su tengo tiene tienen todo tu un una y yo'.split(
    ' ',
  ),
);

/** The language of the first text that shows one, else English. Put the newest first. */
export function languageOf(texts: Iterable<string>): Language {
  for (const text of texts) {
    const words = wordsOf(text);
    const english = words.filter((word) => ENGLISH.has(word)).length;
    const spanish = words.filter((word) => SPANISH.has(word)).length + (/[¿¡ñ]/i.test(text) ? 2 : 0);
    if (english !== spanish) return english > spanish ? 'en' : 'es';
  }
  return 'en';
}
