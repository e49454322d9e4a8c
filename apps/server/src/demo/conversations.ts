import type { Person } from '@baton/protocol';
import type { ConversationKey } from '@baton/runtime';
import { Story, type DemoParts } from './story.ts';

export interface DemoCast {
  workspaceId: string;
  /** Ids of channels. */
  webchat: string;
  orders: string;
  wholesale: string;
  ada: Person;
  ben: Person;
  cleo: Person;
}

const HOUR = 60;
const DAY = 24 * HOUR;

const at = ({ workspaceId }: DemoCast, channelId: string) => ({ workspaceId, channelId });

/** Avoids a race with the workers: Ben takes over after the agent's reply is written and before it is sent. */
export async function playTakeover(parts: DemoParts, cast: DemoCast): Promise<void> {
  const diego = await Story.of(parts, at(cast, cast.orders), 'Diego Morales');
  await diego.said(2 * DAY, 'Buenas, hice el pedido 4417 y puse mal el código postal.');
  await diego.wasTold(2 * DAY - 20, 'Gracias por avisar, Diego. Lo hemos corregido en la etiqueta.');
  await diego.says('El seguimiento dice que el paquete vuelve al remitente. ¿Cómo cambio la dirección del pedido?');
  await diego.hasReplyReady(
    'Hasta que el pedido sale, en Cuenta > Pedidos > Cambiar dirección. Después, el transportista aún puede desviarlo.',
  );
  await diego.isTakenOverBy(cast.ben);
  await diego.getsNote(
    cast.ben,
    'He parado la respuesta del agente: el paquete ya viene de vuelta. Llamo al transportista.',
  );
}

/** Live conversations in all four states, brought about as in real life: by what customers and teammates do. */
export async function playDemo(parts: DemoParts, cast: DemoCast): Promise<{ writtenByCleo: ConversationKey }> {
  await playOlder(parts, cast);
  await playWithTeam(parts, cast);
  return playNow(parts, cast);
}

/** Done, put off, or gone wrong. */
async function playOlder(parts: DemoParts, cast: DemoCast): Promise<void> {
  const { ada, ben, cleo, orders, wholesale, webchat } = cast;

  const liam = await Story.of(parts, at(cast, orders), 'Liam Byrne');
  await liam.said(3 * HOUR, 'Do you grind for Turkish coffee too?');
  await liam.isTakenOverBy(ben);
  await liam.getsNote(ben, 'Answered on the phone: yes, on the small mill.');
  await liam.isHandedBackBy(ben);
  await liam.isClosedBy(ben);

  const sofia = await Story.of(parts, at(cast, webchat), 'Sofía Castro');
  await sofia.said(DAY, '¿Cuándo vuelve el lote de Huila? Lo espero desde hace semanas.');
  await sofia.wasTold(DAY - 15, '¡Hola, Sofía! Lo tostamos el jueves. Te escribo en cuanto esté.');
  await sofia.said(DAY - 16, 'Perfecto, mil gracias 🙌');
  await sofia.isAssignedBy(cleo, cleo);
  await sofia.isSnoozedBy(cleo, 18 * HOUR);

  const oskar = await Story.of(parts, at(cast, wholesale), 'Oskar Nilsson');
  await oskar.said(5 * HOUR, 'Our café needs 12 kg of the house blend by Friday. Is that possible?');
  await oskar.isTakenOverBy(ada);
  await oskar.isAnsweredBy(ada, 'It is: we roast for you on Wednesday and deliver on Thursday morning.');
  await oskar.getsNote(ben, 'Their portal refuses our messages again. I have written to their IT.');

  const emma = await Story.of(parts, at(cast, webchat), 'Emma Dubois');
  await emma.said(2 * HOUR, 'Is the Evening Tide really without caffeine? My doctor asks.');
  await emma.wasTold(2 * HOUR - 4, 'Less than 0.1 %: it is decaffeinated with sugar-cane extract.');
  await emma.isClosedBy(cleo);
}

/** The team holds these. */
async function playWithTeam(parts: DemoParts, cast: DemoCast): Promise<void> {
  const { ada, ben, cleo, webchat, wholesale } = cast;

  // Ada has taken over: the agent stays silent until she hands back.
  const priya = await Story.of(parts, at(cast, webchat), 'Priya Nair');
  await priya.says('My parcel arrived with a torn bag, half of the coffee is in the box 😕');
  await priya.isTakenOverBy(ada);
  await priya.getsNote(cleo, 'Same carrier as the three parcels of last week. I have opened a claim with them.');
  await priya.isAnsweredBy(ada, "I'm sorry, that is not how it should reach you. A new bag leaves today, at no cost.");
  await priya.says('That was quick, thank you!');

  // The agent asks for a person, in both languages.
  const aiko = await Story.of(parts, at(cast, webchat), 'Aiko Tanaka');
  await aiko.says("Hello, I'd like to talk to a person about a wedding order, please.");
  const carmen = await Story.of(parts, at(cast, webchat), 'Carmen Ortega');
  await carmen.said(4 * DAY, '¿Tienen café descafeinado en grano?');
  await carmen.wasTold(4 * DAY - 30, 'Sí: Evening Tide, en grano o molido.');
  await carmen.says('Quiero hablar con una persona, por favor: me han cobrado dos veces.');

  // A long window: whoever writes to wholesale customers has a quarter of an hour to themselves.
  const hanna = await Story.of(parts, at(cast, wholesale), 'Hanna Virtanen');
  await hanna.says('We open a second bar in May. Could you lend us another grinder?');
  await hanna.isAssignedBy(ben, ben);
  await hanna.getsNote(cleo, 'They buy 20 kg a month since 2023.');
  await hanna.says('The same model as last time would be perfect.');
}

/** Activity while a newcomer signs in. */
async function playNow(parts: DemoParts, cast: DemoCast): Promise<{ writtenByCleo: ConversationKey }> {
  const { ben, cleo, webchat, wholesale } = cast;

  // Cleo is writing: the agent waits for her.
  const jonas = await Story.of(parts, at(cast, webchat), 'Jonas Weber');
  await jonas.isWrittenToBy(cleo);
  await jonas.says('Which grind do I need for a moka pot?');

  // Ben has just answered: the window runs, and then the agent answers the rest.
  const tomas = await Story.of(parts, at(cast, webchat), 'Tomás Rivera');
  await tomas.says('Can I pause my subscription while I am away in August?');
  await tomas.isAnsweredBy(ben, 'Of course, I have paused it for you until 1 September.');
  await tomas.says('Great, thanks! Does the price stay the same when I pause?');
  const noor = await Story.of(parts, at(cast, wholesale), 'Noor Haddad');
  await noor.isAnsweredBy(ben, 'Hello Noor, your offer for the office is in your mail. Do you want to taste first?');
  await noor.says('Yes please! Is next Tuesday fine?');

  // The agent answers these while you watch.
  const lucia = await Story.of(parts, at(cast, webchat), 'Lucía Fernández');
  await lucia.says('¡Hola! ¿Hacéis envíos a Portugal y cuánto cuesta?');
  const maya = await Story.of(parts, at(cast, webchat), 'Maya Lindqvist');
  await maya.says('Hi! Do you ship to Norway, and what would it cost?');

  return { writtenByCleo: jonas.key };
}
