import type { KnowledgeEntry } from '@baton/protocol';

const ENTRIES: [question: string, answer: string][] = [
  ['What are your opening hours?', 'We are open Monday to Friday, 9:00 to 18:00.'],
  ['How long does delivery take?', 'Delivery takes two to four working days.'],
  ['How much does shipping cost?', 'Shipping costs 4.90 euros; it is free from 50 euros on.'],
  ['Can I return an item?', 'Yes: send it back within 30 days and you get your money back.'],
  ['How do I track my order?', 'Follow the link in your confirmation email to see where your parcel is.'],
  ['Which payment methods do you accept?', 'We accept Visa, Mastercard, PayPal and bank transfer.'],
  ['How do I reset my password?', 'Choose "Forgot password" on the sign-in page.'],
  ['Do you ship to other countries?', 'We ship to all of the European Union.'],
  ['Where are you?', 'Our shop is in Calle Mayor 5, Madrid.'],
  ['¿Tienen garantía los productos?', 'Todos los productos tienen una garantía de tres años.'],
  ['¿Cómo puedo cancelar mi pedido?', 'Puedes cancelarlo en "Mis pedidos" hasta que salga del almacén.'],
  ['¿Hacéis factura?', 'Sí: la factura llega por correo con cada pedido.'],
];

/** A small shop's knowledge base, in two languages. Ids are positions. */
export const SHOP: KnowledgeEntry[] = ENTRIES.map(([question, answer], index) => ({
  id: `00000000-0000-7000-8000-${String(index).padStart(12, '0')}`,
  question,
  answer,
}));

export const answerTo = (question: string): string => {
  const entry = SHOP.find((candidate) => candidate.question === question);
  if (entry === undefined) throw new Error(`no entry "${question}"`);
  return entry.answer;
};
