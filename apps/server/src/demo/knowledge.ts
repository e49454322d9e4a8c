import type { KnowledgeEntry } from '@baton/protocol';

/** The knowledge base of the demo's agent. */
export const demoKnowledge: Omit<KnowledgeEntry, 'id'>[] = [
  {
    question: 'What are your opening hours?',
    answer:
      'The roastery and its coffee bar are open Tuesday to Saturday, 8:00 to 18:00, and Sunday from 10:00 to 15:00. On Mondays we roast and are closed.',
  },
  {
    question: 'Where are you? What is your address?',
    answer: 'You find us at Quay Street 14, right behind the old customs house. Bus 7 stops right outside.',
  },
  {
    question: 'How long does shipping take?',
    answer:
      'Orders placed before noon leave the same day. They take 1 to 2 working days within the country and 3 to 5 in the rest of Europe.',
  },
  {
    question: 'Which countries do you ship to, and what does shipping cost?',
    answer:
      'We ship to all of Europe, Norway and Switzerland included. Shipping is 4.90 within the country and 9.90 elsewhere, and free from 60 on.',
  },
  {
    question: 'Can I return or exchange coffee?',
    answer:
      'Unopened bags can be returned within 30 days. If a bag disappoints you, tell us: we exchange it once for another coffee, opened or not.',
  },
  {
    question: 'How do I pause or cancel my subscription?',
    answer:
      'Under Account > Subscription you can pause for up to three months, skip one delivery, or cancel. It takes effect at once if the next bag has not been roasted.',
  },
  {
    question: 'Does the price stay the same when I pause my subscription?',
    answer: 'Yes. A paused subscription keeps its price and its discount of 10 %.',
  },
  {
    question: 'Which grind do I need for a moka pot, a French press or a filter?',
    answer: 'Moka pot: fine, a little coarser than espresso. Pour-over and filter: medium. French press: coarse.',
  },
  {
    question: 'How long does coffee stay fresh, and how do I store it?',
    answer:
      'Best between one and six weeks after roasting; the date is on the bag. Keep it closed, dry and out of the light, not in the fridge.',
  },
  {
    question: 'Do you have decaf?',
    answer: 'Yes: Evening Tide, decaffeinated with sugar-cane extract, as beans or ground for filter.',
  },
  {
    question: 'Do you sell gift cards?',
    answer: 'Yes, from 15 on, sent by e-mail within minutes. They are valid for three years.',
  },
  {
    question: 'Do you deliver to cafés and offices? Are there wholesale prices?',
    answer:
      'From 5 kg a month we have wholesale prices and lend the grinder. Our wholesale team makes an offer within a day.',
  },
  {
    question: 'How do I change the address of an order?',
    answer:
      'Until it has left us, under Account > Orders > Change address. After that the carrier can still redirect it: the link is in the tracking mail.',
  },
  {
    question: '¿Hacéis envíos a otros países? ¿Cuánto cuesta el envío?',
    answer:
      'Enviamos a toda Europa, también a Portugal y España. El envío cuesta 9,90 fuera del país y es gratis a partir de 60.',
  },
  {
    question: '¿Puedo pausar o cancelar mi suscripción?',
    answer: 'Sí, en Cuenta > Suscripción: puedes pausarla hasta tres meses, saltarte una entrega o cancelarla.',
  },
  {
    question: '¿Qué molienda necesito para la cafetera italiana?',
    answer: 'Para la cafetera italiana, fina: algo más gruesa que para espresso.',
  },
];
