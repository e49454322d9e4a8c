import { tagOf, toVector } from '../../search/words.ts';

/** Texts of messages; {n} stands for a number. */
const SENTENCES = [
  'Hello, my order {n} has not arrived yet, can you tell me where the parcel is?',
  'I would like to return the blue jacket, size M, bought last week.',
  'Thank you, that helps a lot!',
  'Could you please check the invoice {n}? The amount looks wrong.',
  'The parcel was handed to the courier this morning and should be with you within two days.',
  'We have sent you a return label by e-mail. Print it and put it on the box.',
  'The refund will be on your account in three to five working days.',
  'Is the small table also available in oak?',
  'My password does not work any more and the reset link never comes.',
  'I am sorry about the delay. Let me look into it for you right away.',
  'You can change the delivery address until the order is packed.',
  'Hola, ¿dónde está mi pedido {n}? Lo espero desde el lunes.',
  'Muchas gracias por la ayuda, todo llegó perfecto.',
  'La factura {n} se ha enviado de nuevo a su correo.',
  'Quiero cancelar la suscripción antes del próximo pago.',
  'Do you ship to the Canary Islands, and how much does it cost?',
  'One lamp arrived broken, I can send you photos of the damage.',
  'A replacement is on its way, free of charge. Its number is {n}.',
  'When do you open tomorrow?',
  'We are open from nine to six, on Saturdays until two.',
  'Perfect, then I will come by on Saturday.',
  'Can I pay in three instalments?',
  'Yes, choose instalments at the checkout. It costs nothing extra.',
  'Please call me back at extension {n}, I am in the office until five.',
];
const FIRST = [
  'Maria',
  'Noah',
  'Lucía',
  'Emma',
  'Mateo',
  'Aisha',
  'Liam',
  'Sofía',
  'Yuki',
  'Omar',
  'Elena',
  'Jonas',
  'Chloé',
  'Pablo',
  'Ines',
  'Viktor',
];
const LAST = [
  'García',
  'Smith',
  'Müller',
  'Rossi',
  'Tanaka',
  'Okafor',
  'Novák',
  'Silva',
  'Jensen',
  'Kowalski',
  'Dubois',
  'Papadopoulos',
  'Moreno',
  'Haddad',
  'Lindqvist',
  'Brown',
  'Nguyen',
  'Costa',
  'Weber',
  'Ferrari',
];

/** Words that only the first message of every n-th conversation of a workspace contains. */
export const PLANTED = [
  { word: 'zanzibar', every: 50_000 },
  { word: 'marmalade', every: 5_000 },
  { word: 'quicksilver', every: 600 },
  { word: 'labyrinth', every: 40 },
  { word: 'evergreen', every: 4 },
] as const;
const PLANTED_AT = 4;

/** Returns a sentence and its search words, which are cached because there are millions of messages. */
export function say(
  workspaceId: string,
  random: number,
  number: number,
  place: number,
): { text: string; words: string } {
  const sentence = SENTENCES[random % SENTENCES.length]!;
  const extra = place % PLANTED_AT === 0 ? planted(place) : [];
  const numbers = sentence.includes('{n}') ? [String(number)] : [];
  const tag = tagOf(workspaceId);
  return {
    text: [sentence.replace('{n}', String(number)), ...extra].join(' '),
    words: [wordsOfSentence(workspaceId, sentence), ...[...numbers, ...extra].map((word) => tag + word)].join(' '),
  };
}

const cut = new Map<string, string>();

function wordsOfSentence(workspaceId: string, sentence: string): string {
  const key = tagOf(workspaceId) + sentence;
  const words = cut.get(key) ?? toVector(workspaceId, sentence.replace('{n}', ''));
  cut.set(key, words);
  return words;
}

export function personName(index: number): string {
  return `${FIRST[index % FIRST.length]} ${LAST[Math.floor(index / FIRST.length) % LAST.length]}`;
}

/** The planted words of the conversation at this position in its workspace. */
function planted(place: number): string[] {
  return PLANTED.filter(({ every }) => place % every === 0).map(({ word }) => word);
}

export function hitsOf(word: (typeof PLANTED)[number]['word'], conversations: number): number {
  return Math.ceil(conversations / PLANTED.find((it) => it.word === word)!.every);
}
