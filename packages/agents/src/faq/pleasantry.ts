export type Pleasantry = 'greeting' | 'thanks' | 'acknowledgement';

const ADDRESSED = '(?: (?:there|all|everyone|everybody|team|guys|again|a todos|a todas|equipo|de nuevo|otra vez))?';
const LEAD = '(?:(?:ok|okay|oh|great|perfect|super|cool|awesome|vale|perfecto|genial|ah|bueno|muy bien|si|yes) )*';

const GREETING = new RegExp(
  `^(?:hi|hello|hey|hiya|howdy|greetings|good (?:morning|afternoon|evening|day)|hola|holi|buenas|buen dia|buenos dias|buenas (?:tardes|noches)|saludos)${ADDRESSED}(?: (?:hi|hello|buenas|buenos dias|buenas (?:tardes|noches)|que tal|como estas|como esta|how are you))?$`,
);
const HOW_ARE_YOU =
  /^(?:how are you(?: doing)?(?: today)?|hows it going|que tal(?: estas| todo)?|como (?:estas|esta|estan|va))$/;
const THANKS = new RegExp(
  `^${LEAD}(?:many thanks|thanks(?: a lot| a million| so much| very much| again)?|thank you(?: so much| very much| again)?|thx|ty|cheers|much appreciated|gracias|muchas gracias|muchisimas gracias|mil gracias|gracias (?:de nuevo|otra vez)|muy amable|te lo agradezco|se lo agradezco)(?: (?:for|por) (?:all |toda |todo )?(?:your |the |su |tu |la |el )?(?:help|time|support|answer|reply|everything|ayuda|tiempo|respuesta|todo))?${ADDRESSED}$`,
);
const ACKNOWLEDGEMENT = new RegExp(
  `^${LEAD}(?:ok|okay|k|great|perfect|super|cool|nice|awesome|got it|understood|i see|sounds good|all good|alright|bye|goodbye|bye bye|see you|have a (?:nice|good|great) day|you too|vale|perfecto|genial|estupendo|entendido|de acuerdo|listo|claro|muy bien|ya veo|adios|hasta luego|hasta pronto|chao|buen dia|igualmente|que tengas? (?:un )?buen dia)$`,
);

/** The kind of a polite sentence that asks nothing; null for all others. Takes the words of `wordsOf`. */
export function pleasantryOf(words: readonly string[]): Pleasantry | null {
  const line = words.join(' ');
  if (GREETING.test(line) || HOW_ARE_YOU.test(line)) return 'greeting';
  if (THANKS.test(line)) return 'thanks';
  return ACKNOWLEDGEMENT.test(line) ? 'acknowledgement' : null;
}
