import { MAX_TEXT_CHARACTERS, type KnowledgeEntry, type Reply } from '@baton/protocol';
import { asksForPerson } from './asks-for-person.ts';
import type { KnowledgeIndex } from './knowledge-index.ts';
import type { Language } from './language.ts';
import { PHRASES } from './phrases.ts';
import { pleasantryOf, type Pleasantry } from './pleasantry.ts';
import { sentencesOf } from './sentences.ts';

/** Limits the work and length of one reply; more questions go to a person. */
const MAX_QUESTIONS = 8;
const MAX_ANSWERS = 3;

/** One reply to all waiting messages, from the knowledge base alone. */
export function answer(messages: readonly string[], index: KnowledgeIndex, language: Language): Reply {
  const phrases = PHRASES[language];
  if (messages.some(asksForPerson)) {
    return { kind: 'handoff', reason: 'The customer asked for a person.', text: phrases.toPerson };
  }
  const { pleasantries, questions } = sort(messages);
  if (questions.length === 0) return politely(pleasantries, language);

  const { entries, unknown } = lookUp(questions, index);
  const answers = entries.map((entry) => entry.answer);
  const text = answers.join('\n\n');
  if (!unknown && text.length <= MAX_TEXT_CHARACTERS) return { kind: 'reply', text };
  const reason = 'The knowledge base has no sure answer.';
  const partial = `${text}\n\n${phrases.unknownRest}`;
  const known = answers.length > 0 && partial.length <= MAX_TEXT_CHARACTERS;
  return { kind: 'handoff', reason, text: known ? partial : phrases.unknown };
}

function politely(pleasantries: ReadonlySet<Pleasantry>, language: Language): Reply {
  if (pleasantries.has('greeting')) return { kind: 'reply', text: PHRASES[language].greeting };
  if (pleasantries.has('thanks')) return { kind: 'reply', text: PHRASES[language].welcome };
  return { kind: 'silence' };
}

/** Separates pleasantries from questions. In a message with question marks, only those sentences are questions. */
function sort(messages: readonly string[]): { pleasantries: Set<Pleasantry>; questions: string[][] } {
  const pleasantries = new Set<Pleasantry>();
  const questions: string[][] = [];
  for (const message of messages) {
    const open = sentencesOf(message).filter(({ words }) => {
      const pleasantry = pleasantryOf(words);
      if (pleasantry !== null) pleasantries.add(pleasantry);
      return pleasantry === null;
    });
    const asking = open.filter(({ asks }) => asks);
    const chosen = asking.length > 0 ? asking : open;
    if (chosen.length > 0) questions.push(chosen.map(({ text }) => text));
  }
  return { pleasantries, questions };
}

/**
 * Tries each sentence, then each message, then all messages together: people spread one question over three messages, and
 * put three questions in one.
 */
function lookUp(messages: readonly string[][], index: KnowledgeIndex): { entries: KnowledgeEntry[]; unknown: boolean } {
  const tooMany = messages.flat().length > MAX_QUESTIONS;
  const perMessage = messages.slice(0, MAX_QUESTIONS).map((sentences) => {
    const each = sentences.slice(0, MAX_QUESTIONS).map((sentence) => index.answerTo(sentence));
    if (each.every((entry) => entry !== null)) return each;
    const whole = index.answerTo(sentences.join(' '));
    return whole === null ? each : [whole];
  });
  const found = perMessage.flat();
  const entries = [...new Set(found.filter((entry) => entry !== null))];
  const unknown = tooMany || entries.length > MAX_ANSWERS || found.includes(null);
  if (unknown && messages.length > 1 && !tooMany) {
    const together = index.answerTo(messages.flat().join(' '));
    if (together !== null) return { entries: [together], unknown: false };
  }
  return { entries: entries.slice(0, MAX_ANSWERS), unknown };
}
