import { describe, expect, it } from 'vitest';
import { asksForPerson } from '../src/faq/asks-for-person.ts';

const ASKS = [
  'Can I talk to a human?',
  'I want to speak with a person',
  'i need to talk to someone',
  'let me speak to your manager',
  'LET ME SPEAK TO A MANAGER!!!',
  'Could I chat with one of your support agents?',
  'please connect me with a real person',
  'Connect me to customer service',
  'Transfer me to an agent please',
  'put me through to a representative',
  'I want a human',
  'I need an agent now',
  'get me a supervisor',
  'give me a real person, not a bot',
  'can I have a representative please',
  'human',
  'Agent!',
  'agent agent agent',
  'real person please',
  'Representative.',
  'human support',
  'live agent',
  'is there a person I can talk to?',
  'Is anyone there?',
  'Hello? Is somebody there',
  "I don't want to talk to a bot",
  'stop, I am tired of talking to a robot',
  "I don't want a chatbot",
  'Hi! My order is late. Can I talk to a person?',
  'can someone call me?',
  "Why can't I talk to a human?",
  'I would prefer talking to a person',
  'Quiero hablar con una persona',
  'quiero hablar con un humano',
  '¿Puedo hablar con alguien?',
  'Necesito hablar con un agente',
  'Necesito comunicarme con un asesor por favor',
  'pásame con una persona',
  'Páseme con el encargado',
  '¿Me puedes pasar con un agente?',
  '¿Me comunica con atención al cliente?',
  'quiero un humano',
  'Quiero una persona real',
  'necesito un asesor',
  'humano',
  'Agente, por favor',
  'persona real',
  '¿Hay alguien ahí?',
  'no quiero hablar con un bot',
  'quiero que me atienda una persona',
  '¿Puede atenderme un humano?',
  'que me llame alguien',
  'Hola. ¿Puedo hablar con una persona?',
  'quiero contactar con soporte',
];

const DOES_NOT_ASK = [
  'Do I need to be present in person?',
  'How much is it per person?',
  'Is the price per person or per room?',
  'a table for one person',
  'Can one person carry it?',
  'Do you sell human hair wigs?',
  'Is it safe for humans?',
  'humanitarian aid',
  'personal data',
  'I need a personalised mug',
  'which cleaning agent should I use?',
  'My travel agent booked it',
  'the estate agent never answered',
  'Can we talk about the price?',
  'do you speak English?',
  "I don't want to talk to a human",
  'I would rather not speak to anyone',
  'Do I have to talk to a person to cancel?',
  'no need to talk to someone',
  'I can cancel without talking to someone?',
  'I need a person’s name on the gift card',
  'I need an agent license',
  'I want a manager account',
  'The operator key is broken',
  'someone stole my card',
  'Is there anyone who ships to Spain?',
  'talk to me about the support contract',
  'I do not have a washing machine',
  "I don't want a robot vacuum cleaner",
  'do you sell robots?',
  'What are your opening hours?',
  'thanks',
  'supportive shoes',
  'represent',
  '¿Cuánto cuesta por persona?',
  '¿Cuántas maletas puede llevar una persona?',
  'una mesa para dos personas',
  'datos personales',
  'taza personalizada',
  'recursos humanos',
  'no quiero hablar con una persona',
  'no necesito hablar con nadie',
  '¿Puedo cancelar sin hablar con alguien?',
  '¿Habláis inglés?',
  'mi agente inmobiliario no responde',
  'alguien me robó la tarjeta',
  'el soporte del teléfono se rompió',
  'necesito un soporte para el móvil',
  'quiero comprar un robot',
  '¿Cuáles son sus horarios?',
  'gracias',
  '',
  '???',
];

describe('asking for a person', () => {
  it.each(ASKS)('finds the request for a person in "%s"', (message) => {
    expect(asksForPerson(message)).toBe(true);
  });

  it.each(DOES_NOT_ASK)('finds no request for a person in "%s"', (message) => {
    expect(asksForPerson(message)).toBe(false);
  });

  it('matches whole words in any case, with or without accents', () => {
    expect(asksForPerson('PASAME CON UNA PERSONA')).toBe(true);
    expect(asksForPerson('Pásame con una persona')).toBe(true);
    expect(asksForPerson('I walktalk to a humanoid')).toBe(false);
  });

  it('does not match across sentences', () => {
    expect(asksForPerson('I want to talk. To a person it costs 5 euros.')).toBe(false);
  });

  it('is quick on the longest message', () => {
    const words = ['a ', 'talk to ', 'the real ', 'talk to a real the ', 'hablar con una ', '?', '. '];
    const took = [1, 2, 3].map(() => {
      const started = performance.now();
      for (const word of words) asksForPerson(word.repeat(Math.floor(10_000 / word.length)));
      return performance.now() - started;
    });
    // A busy machine may be slow now and then.
    expect(Math.min(...took)).toBeLessThan(1_000);
  });
});
