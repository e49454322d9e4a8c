import type { Message } from '@baton/protocol';
import { groupMessages } from './grouped-messages.ts';
import type { MessageGroup } from './grouped-messages.ts';
import type { Instruction } from '../../inbox/instructions.ts';

/** The rows of a thread: days, the line above new messages, instructions, and messages grouped by author. */
export type ThreadRow =
  | { kind: 'day'; key: string; at: string }
  | { kind: 'new'; key: string }
  | { kind: 'instruction'; key: string; instruction: Instruction }
  | { kind: 'group'; key: string; group: MessageGroup };

/**
 * @param newFrom the `seq` of the first message that was unread when the conversation was opened
 * @param toEnd whether the last of these messages is the newest
 */
export function threadRows(
  messages: readonly Message[],
  newFrom: number | null,
  instructions: readonly Instruction[] = [],
  toEnd = true,
): ThreadRow[] {
  const rows: ThreadRow[] = [];
  let day = '';
  const startDay = (at: string, key: string): void => {
    const its = dayOf(at);
    // An imported message may belong to a day that has a row already.
    if (its !== day) rows.push({ kind: 'day', key: `day before ${key}`, at });
    day = its;
  };
  const show = (instruction: Instruction): void => {
    const key = `instruction ${instruction.version}`;
    startDay(instruction.at, key);
    rows.push({ kind: 'instruction', key, instruction });
  };

  const standing = besideMessages(messages, instructions);
  for (const part of partsOf(messages, ({ seq }) => seq === newFrom || standing.before.has(seq))) {
    const [first] = part;
    if (!first) continue;
    standing.before.get(first.seq)?.forEach(show);
    startDay(first.createdAt, first.id);
    if (first.seq === newFrom) rows.push({ kind: 'new', key: 'new' });
    for (const group of groupMessages(part)) rows.push({ kind: 'group', key: group.key, group });
  }
  if (toEnd) standing.after.forEach(show);
  return rows;
}

/** The unread messages at opening: after `after`, up to `upTo`. */
export interface UnreadRange {
  after: number;
  upTo: number;
}

/** The first unread message of someone else; null where there is none. */
export function firstUnread(messages: readonly Message[], { after, upTo }: UnreadRange, meId: string): number | null {
  return messages.find(({ seq, author }) => seq > after && seq <= upTo && author.id !== meId)?.seq ?? null;
}

/** Number of messages of others after a `seq`. */
export function countAfter(messages: readonly Message[], seq: number, meId: string): number {
  return messages.filter((message) => message.seq > seq && message.author.id !== meId).length;
}

/** Instructions by the message they precede, or after the last one. Older ones belong to earlier pages. */
function besideMessages(messages: readonly Message[], instructions: readonly Instruction[]) {
  const before = new Map<number, Instruction[]>();
  const after: Instruction[] = [];
  for (const instruction of instructions) {
    const at = Date.parse(instruction.at);
    const next = messages.findIndex(({ createdAt }) => Date.parse(createdAt) > at);
    const seq = messages[next]?.seq;
    if (seq === undefined) after.push(instruction);
    else if (next > 0) before.set(seq, [...(before.get(seq) ?? []), instruction]);
  }
  return { before, after };
}

/** Splits groups where an instruction is between two messages. */
function partsOf(messages: readonly Message[], isCutBefore: (message: Message) => boolean): Message[][] {
  const parts: Message[][] = [];
  for (const message of messages) {
    const part = parts.at(-1);
    if (part?.[0] && !isCutBefore(message) && dayOf(part[0].createdAt) === dayOf(message.createdAt)) part.push(message);
    else parts.push([message]);
  }
  return parts;
}

function dayOf(at: string): string {
  return new Date(at).toDateString();
}
