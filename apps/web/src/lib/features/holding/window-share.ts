import type { Conversation } from '@baton/protocol';
import { msUntil } from './countdown.ts';

/** The share of the human priority window that is left, 1 to 0; null without one. `now` is server time in ms. */
export function windowShare(conversation: Conversation, now: number): number | null {
  const left = msUntil(conversation.resumesAt, now);
  if (left === null || conversation.resumesAt === null) return null;
  const length = Date.parse(conversation.resumesAt) - windowStart(conversation);
  return length <= 0 ? 0 : Math.min(1, left / length);
}

/** A further human message restarts the window without a change of state (HOLD-7). */
function windowStart({ stateSince, lastMessage }: Conversation): number {
  const since = Date.parse(stateSince);
  if (!lastMessage || lastMessage.note) return since;
  const human = lastMessage.author.kind === 'teammate' || lastMessage.author.kind === 'external';
  return human ? Math.max(since, Date.parse(lastMessage.createdAt)) : since;
}
