/** The words of a text, in order: lower case, without accents or apostrophes ("¿Qué tal? I'd" -> que, tal, id). */
export function wordsOf(text: string): string[] {
  const plain = text
    .normalize('NFKD')
    .replace(/[\p{M}'’]/gu, '')
    .toLowerCase();
  return plain.match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Words that carry no topic, English and Spanish, as `wordsOf` writes them. */
const STOP_WORDS = new Set(
  `a about am an and any are as at be been being but by can could did do does doing dont for from get got had has have
  having he her here him his how i id if ill im in into is isnt it its ive just know let like may me might mine more
  most my need no not of off ok okay on one only or our ours out please really she should so some such tell than that
  the their them then there these they this those to too us very want was we were what whats when where wheres which
  while who whom why will with wont would you your yours hi hello hey thanks thank cheers
  again already also help long now question questions still take takes thing time until way wondering
  al algo alguna algun ante aun aunque cada como con contra cual cuales cuando cuanto cuanta cuantos cuantas de del
  desde donde dos el ella ellas ellos en entre era eres es esa ese eso esta estan estas este esto estos estoy fue ha
  hacer han hasta hay he la las le les lo los mas me mi mis mucho muy necesito nada ni nos nosotros o os para pero poco
  podeis podria podriais porque por pueda puede pueden puedes puedo que quien quiero quisiera saber se sea ser si sin
  sobre son soy su sus tal tambien te tengo ti tiene tienen tienes teneis todo tu tus u un una unas uno unos usted
  ustedes va vais vosotros vuestra vuestro y ya yo hola buenas buenos dias tardes noches gracias favor
  ahora ayuda ayudar ayudarme duda dudas pregunta preguntar tiempo todavia`.split(/\s+/),
);

/** The topic of a text: its stems without stop words, each once. A text of stop words only is one term. */
export function termsOf(text: string): string[] {
  const words = wordsOf(text);
  const topical = words.filter((word) => !STOP_WORDS.has(word));
  if (topical.length === 0) return words.length === 0 ? [] : [words.join('_')];
  return [...new Set(topical.map(stem))];
}

/** Removes the endings that differ between "returns", "returned", "abierto" and "abiertos"; a rough rule for both languages. */
function stem(word: string): string {
  if (word.length <= 3) return word;
  const singular = word.replace(/ies$/, 'y').replace(/(?<=[^s])s$/, '');
  const bare = singular.replace(/(?<=..)(ing|ed)$/, '').replace(/(.)\1$/, '$1');
  return bare.length > 3 ? bare.replace(/[aeo]$/, '') : bare;
}
