import type { Chat, Speaker } from './chat.ts';

/** A row of the log. Keys are stable: a message keeps its key from queue to history. */
export type Row =
  | { kind: 'day'; key: string; day: string }
  | { kind: 'speaker'; key: string; from: Speaker; at: string }
  | { kind: 'text'; key: string; own: boolean; text: string; outgoing: 'no' | 'waiting' }
  | { kind: 'refused'; key: string; clientMessageId: string; text: string };

/** A longer pause repeats the speaker and the time. */
const PAUSE_MS = 10 * 60_000;

/** @param dayOf names the day of a time in the customer's language and time zone; '' for today */
export function rowsOf(chat: Chat, dayOf: (iso: string) => string): Row[] {
  const rows: Row[] = [];
  let last: { from: Speaker; at: string } | null = null;
  for (const { id, from, text, createdAt, clientMessageId } of chat.messages) {
    const day = dayOf(createdAt);
    const isNewDay = last === null || dayOf(last.at) !== day;
    // A chat that began today needs no date.
    if (isNewDay && (last !== null || day !== '')) rows.push({ kind: 'day', key: `day ${id}`, day });
    if (last === null || isNewDay || !isSame(last.from, from) || Date.parse(createdAt) - Date.parse(last.at) > PAUSE_MS)
      rows.push({ kind: 'speaker', key: `speaker ${id}`, from, at: createdAt });
    const own = from.kind === 'customer';
    rows.push({ kind: 'text', key: clientMessageId ?? id, own, text, outgoing: 'no' });
    last = { from, at: createdAt };
  }
  for (const { clientMessageId, text, refused } of chat.outgoing) {
    if (refused) rows.push({ kind: 'refused', key: `${clientMessageId} refused`, clientMessageId, text });
    else rows.push({ kind: 'text', key: clientMessageId, own: true, text, outgoing: 'waiting' });
  }
  return rows;
}

const isSame = (a: Speaker, b: Speaker): boolean => a.kind === b.kind && a.name === b.name;
