import { type Ms, phaseOf, type Snapshot, view } from '@baton/conversation';
import type { Conversation, Message } from '@baton/protocol';
import type { NewMessage, StoredConversation } from '../ports/store.ts';

type Columns = Pick<
  StoredConversation,
  'key' | 'channelId' | 'customer' | 'version' | 'revision' | 'stateSince' | 'lastMessage'
>;

export function toConversation(stored: Columns, snapshot: Snapshot): Conversation {
  const { turn: _turn, agentEpoch: _epoch, closingSeq: _closing, generation: _generation, ...shown } = view(snapshot);
  return {
    id: stored.key.conversationId,
    channelId: stored.channelId,
    agentId: snapshot.context.agentId,
    customer: stored.customer,
    ...shown,
    phase: phaseOf(snapshot.value),
    stateSince: new Date(stored.stateSince).toISOString(),
    resumesAt: toTime(shown.resumesAt),
    waitingSince: toTime(shown.waitingSince),
    snoozedUntil: toTime(shown.snoozedUntil),
    version: stored.version,
    revision: stored.revision,
    lastMessage: stored.lastMessage,
  };
}

export function toMessage(message: NewMessage, conversationId: string, revision: number): Message {
  const { id, seq, author, note, text, createdAt, delivery, clientMessageId } = message;
  const time = new Date(createdAt).toISOString();
  const shown = { id, conversationId, seq, author, note, text, createdAt: time };
  return { ...shown, revision, delivery, retrying: false, clientMessageId };
}

function toTime(at: Ms | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
