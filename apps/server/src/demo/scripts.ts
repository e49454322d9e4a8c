import type { SimulationScript } from '@baton/protocol';

/** The lines of a simulated customer and their times. */
export interface Script {
  names: readonly [string, ...string[]];
  /** Said one after the other, with the pauses of someone who types. */
  opening: readonly [string, ...string[]];
  /** After the first answer, depending on who gave it; the agent knows what to say, for when the window ends. */
  afterAnswer: { agent: string; person: string };
  /** After the second answer, and the last that is heard of them. */
  goodbye: { agent: string; person: string };
  /** When nobody answers. */
  nudge: string;
}

export const SCRIPTS: Record<SimulationScript, Script> = {
  shipping: {
    names: ['Nora Petersen', 'Oliver Grant', 'Ines Duarte'],
    opening: ['Hi! 👋', 'How long does shipping take?'],
    afterAnswer: {
      agent: 'Thanks! And which countries do you ship to, what does shipping cost?',
      person: 'Oh, a real person, nice. Can I still change the delivery address?',
    },
    goodbye: { agent: 'Perfect, thank you!', person: 'You are the best, thank you!' },
    nudge: 'Hello? Is anybody there?',
  },
  subscription: {
    names: ['Mateo Ruiz', 'Valentina Soto', 'Alba Iglesias'],
    opening: ['Hola, buenas', '¿Puedo pausar mi suscripción? Me voy de viaje en agosto.'],
    afterAnswer: {
      agent: 'Genial. ¿Y qué molienda necesito para la cafetera italiana?',
      person: '¡Qué rápido! ¿Y cuánto cuesta el envío a Portugal?',
    },
    goodbye: { agent: 'Muchas gracias.', person: 'Muchísimas gracias, que tenga buen día.' },
    nudge: '¿Hola? ¿Hay alguien?',
  },
  person: {
    names: ['Sam Whitaker', 'Priscilla Adeyemi', 'Karl Brandt'],
    opening: ['My last order never arrived.', 'Can I talk to a person, please?'],
    afterAnswer: {
      agent: 'OK, I am waiting for one of your colleagues then.',
      person: 'Thank you for taking this over. The order number is 5120, it should have been here on Monday.',
    },
    goodbye: { agent: 'Thanks.', person: 'Great, then I will wait for the new parcel. Thank you!' },
    nudge: 'Are you still there? It is about my order.',
  },
};
