import type { Ms } from '@baton/conversation';
import type { Conversation, Message } from '@baton/protocol';
import type { Fold } from '../decide/fold.ts';
import type { Publisher } from '../ports/publisher.ts';
import type { Signals } from './signals.ts';
import type { ConversationKey } from '../ports/store.ts';

/** Tells the world and this node's workers what a commit has changed. */
export function publish(
  { publisher, signals }: { publisher: Publisher; signals: Signals },
  key: ConversationKey,
  conversation: Conversation,
  { effects }: Fold,
  changed: Message[],
  wakeAt: Ms | null,
): void {
  // First of all the agent falls silent.
  for (const effect of effects) if (effect.type === 'abortReply') signals.replyInvalidated(key, effect.turn);
  publisher.changed(key, conversation, changed);
  if (effects.some(({ type }) => type === 'startReply')) signals.replyDue();
  if (changed.some(({ delivery }) => delivery === 'queued')) signals.sendDue();
  if (wakeAt !== null) signals.wakeDue(wakeAt);
}
