import type { Message } from '@baton/protocol';
import { groupMessages } from './grouped-messages.ts';
import type { MessageGroup } from './grouped-messages.ts';

/** A thread as it is read: days, the line above what is new, and messages grouped by author. */
export type ThreadRow =
  | { kind: 'day'; key: string; at: string }
  | { kind: 'new'; key: string }
  | { kind: 'group'; key: string; group: MessageGroup };

/** @param newFrom the `seq` of the first message that was unread when the conversation was opened */
export function threadRows(messages: readonly Message[], newFrom: number | null): ThreadRow[] {
  const rows: ThreadRow[] = [];
  let day = '';
  for (const part of partsOf(messages, newFrom)) {
    const [first] = part;
    if (!first) continue;
    const its = dayOf(first);
    if (its !== day) rows.push({ kind: 'day', key: `day ${its}`, at: first.createdAt });
    day = its;
    if (first.seq === newFrom) rows.push({ kind: 'new', key: 'new' });
    for (const group of groupMessages(part)) rows.push({ kind: 'group', key: group.key, group });
  }
  return rows;
}

/** Read up to `after`, and told of messages up to `upTo`. */
export interface UnreadRange {
  after: number;
  upTo: number;
}

/** The first unread message of someone else; null where there is none. */
export function firstUnread(messages: readonly Message[], { after, upTo }: UnreadRange, meId: string): number | null {
  return messages.find(({ seq, author }) => seq > after && seq <= upTo && author.id !== meId)?.seq ?? null;
}

/** Messages of others after a `seq`. */
export function countAfter(messages: readonly Message[], seq: number, meId: string): number {
  return messages.filter((message) => message.seq > seq && message.author.id !== meId).length;
}

/** Cut where something stands between two messages. */
function partsOf(messages: readonly Message[], newFrom: number | null): Message[][] {
  const parts: Message[][] = [];
  for (const message of messages) {
    const part = parts.at(-1);
    if (part?.[0] && message.seq !== newFrom && dayOf(part[0]) === dayOf(message)) part.push(message);
    else parts.push([message]);
  }
  return parts;
}

function dayOf({ createdAt }: Message): string {
  return new Date(createdAt).toDateString();
}
