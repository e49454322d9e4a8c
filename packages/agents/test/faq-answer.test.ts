import { describe, expect, it } from 'vitest';
import { MAX_TEXT_CHARACTERS } from '@baton/protocol';
import { answer } from '../src/faq/answer.ts';
import { buildKnowledgeIndex } from '../src/faq/knowledge-index.ts';
import { PHRASES } from '../src/faq/phrases.ts';
import { answerTo, SHOP } from './knowledge-fixture.ts';

const index = buildKnowledgeIndex(SHOP);
const HOURS = answerTo('What are your opening hours?');
const SHIPPING = answerTo('How much does shipping cost?');
const RETURNS = answerTo('Can I return an item?');

const ask = (...messages: string[]) => answer(messages, index, 'en');
const reply = (text: string) => ({ kind: 'reply', text });
const SILENCE = { kind: 'silence' };

describe('one reply to all waiting messages', () => {
  it('answers with the text of the knowledge base alone', () => {
    expect(ask('What are your opening hours?')).toEqual(reply(HOURS));
  });

  it('answers several messages in one reply, in their order', () => {
    expect(ask('what are your opening hours?', 'and how much is shipping?')).toEqual(reply(`${HOURS}\n\n${SHIPPING}`));
  });

  it('answers several questions of one message', () => {
    expect(ask('Can I return an item? And what are your opening hours?')).toEqual(reply(`${RETURNS}\n\n${HOURS}`));
  });

  it('gives the same answer once', () => {
    expect(ask('opening hours?', 'hello?? what are your opening hours?')).toEqual(reply(HOURS));
  });

  it('understands one question that was written over several messages', () => {
    expect(ask('how much', 'does shipping', 'cost')).toEqual(reply(SHIPPING));
  });

  it('answers the question inside a story', () => {
    expect(ask('Hi! I bought a lamp on Tuesday. It is too big for my room. Can I return it?')).toEqual(reply(RETURNS));
  });

  it('ignores pleasantries around a question', () => {
    expect(ask('Hello', 'what are your opening hours?', 'Thanks!')).toEqual(reply(HOURS));
  });
});

describe('handing off', () => {
  const unknown = { kind: 'handoff', reason: 'The knowledge base has no sure answer.', text: PHRASES.en.unknown };

  it('hands off an unknown question', () => {
    expect(ask('do you sell pizza?')).toEqual(unknown);
  });

  it('answers the known part and hands off the rest', () => {
    expect(ask('what are your opening hours?', 'do you sell pizza?')).toEqual({
      ...unknown,
      text: `${HOURS}\n\n${PHRASES.en.unknownRest}`,
    });
  });

  it('hands off when any message asks for a person, known question or not', () => {
    const handoff = { kind: 'handoff', reason: 'The customer asked for a person.', text: PHRASES.en.toPerson };
    expect(ask('what are your opening hours?', 'I want to talk to a person')).toEqual(handoff);
    expect(ask('human', 'opening hours')).toEqual(handoff);
  });

  it('closes in Spanish for Spanish customers', () => {
    expect(answer(['¿Venden pizza?'], index, 'es')).toEqual({ ...unknown, text: PHRASES.es.unknown });
    expect(answer(['quiero hablar con una persona'], index, 'es')).toMatchObject({ text: PHRASES.es.toPerson });
  });

  it.each(['?', '???', 'yes', 'no', 'Nein', 'thanks but that did not help', '12345', '你好'])(
    'hands off "%s": there is no telling what it means',
    (message) => expect(ask(message)).toMatchObject({ kind: 'handoff' }),
  );

  it('hands off a flood of questions', () => {
    const flood = Array.from({ length: 40 }, () => 'opening hours? shipping cost?');
    expect(ask(...flood)).toMatchObject({
      kind: 'handoff',
      text: `${HOURS}\n\n${SHIPPING}\n\n${PHRASES.en.unknownRest}`,
    });
  });

  it('never exceeds the length of a message', () => {
    const long = ['alpha', 'beta'].map((question, id) => ({ id: String(id), question, answer: 'x'.repeat(9_000) }));
    const both = answer(['alpha?', 'beta?'], buildKnowledgeIndex(long), 'en');
    expect(both).toEqual(unknown);
    const almost = [{ id: '1', question: 'alpha', answer: 'x'.repeat(MAX_TEXT_CHARACTERS) }];
    expect(answer(['alpha?', 'pizza?'], buildKnowledgeIndex(almost), 'en')).toEqual(unknown);
  });
});

describe('politeness', () => {
  it.each([
    'hi',
    'Hello!',
    'Hey there',
    'good morning',
    'hi, how are you?',
    'Hola',
    '¡Buenos días!',
    'hola, ¿qué tal?',
  ])('greets back on "%s"', (message) => expect(ask(message)).toEqual(reply(PHRASES.en.greeting)));

  it('greets in the language of the customer', () => {
    expect(answer(['¡Hola!'], index, 'es')).toEqual(reply(PHRASES.es.greeting));
  });

  it.each([
    'thanks',
    'Thank you so much!',
    'ok thanks',
    'Perfect, thank you!',
    'gracias',
    'Vale, muchas gracias',
    'thanks for your help',
  ])('answers "%s" shortly', (message) => expect(ask(message)).toEqual(reply(PHRASES.en.welcome)));

  it.each(['ok', 'Great!', 'got it', 'perfecto', 'Vale.', 'bye', '👍', '❤️❤️', '...'])(
    'lets "%s" be the last word',
    (message) => expect(ask(message)).toEqual(SILENCE),
  );

  it.each(['high', 'hint', 'okra', 'thankless task', 'higracias', 'hi delivery driver was rude'])(
    '"%s" is no politeness',
    (message) => expect(ask(message)).toMatchObject({ kind: 'handoff' }),
  );
});
