import type { Language } from './language.ts';

interface Phrases {
  greeting: string;
  welcome: string;
  /** Closing messages of a handoff. */
  toPerson: string;
  unknown: string;
  unknownRest: string;
}

/** The `faq` agent's own phrases; every answer comes from the knowledge base. */
export const PHRASES: Record<Language, Phrases> = {
  en: {
    greeting: 'Hello! How can we help you?',
    welcome: "You're welcome!",
    toPerson: 'Of course. A person from our team will answer you here.',
    unknown: "I don't have an answer to that. A person from our team will answer you here.",
    unknownRest: 'As for the rest, a person from our team will answer you here.',
  },
  es: {
    greeting: '¡Hola! ¿En qué podemos ayudarte?',
    welcome: '¡De nada!',
    toPerson: 'Claro. Una persona de nuestro equipo te responderá aquí.',
    unknown: 'No tengo una respuesta para eso. Una persona de nuestro equipo te responderá aquí.',
    unknownRest: 'En cuanto a lo demás, una persona de nuestro equipo te responderá aquí.',
  },
};
