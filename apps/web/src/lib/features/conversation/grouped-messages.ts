import type { Message } from '@baton/protocol';

export interface MessageGroup {
  key: string;
  messages: Message[];
}

const TOGETHER_MS = 5 * 60_000;

/** Groups consecutive messages of one author and kind, less than five minutes apart. */
export function groupMessages(messages: readonly Message[]): MessageGroup[] {
  const groups: MessageGroup[] = [];
  for (const message of messages) {
    const group = groups.at(-1);
    const last = group?.messages.at(-1);
    if (group && last && belongTogether(last, message)) group.messages.push(message);
    else groups.push({ key: message.id, messages: [message] });
  }
  return groups;
}

function belongTogether(a: Message, b: Message): boolean {
  if (a.note !== b.note || a.author.kind !== b.author.kind || a.author.id !== b.author.id) return false;
  return Date.parse(b.createdAt) - Date.parse(a.createdAt) < TOGETHER_MS;
}
