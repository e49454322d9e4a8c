import type { AgentPause, Conversation, Draft, ListEntry, Message, Presence } from '@baton/protocol';
import { putConversations, putPauses } from './shown-conversations.ts';
import type { ShownConversations } from './shown-conversations.ts';
import { compareHead, confirm, doubt, firstMissing, hear, mergeMessages, openThread, prependOlder } from './thread.ts';
import type { Thread } from './thread.ts';

/** The inbox's copy of the server's data. Immutable: each event makes a new one. */
export interface InboxView extends ShownConversations {
  /** Read markers of the person signed in, by conversation. */
  readSeqs: ReadonlyMap<string, number>;
  /** Messages of others that the server counted between a marker and a `seq`. */
  counted: ReadonlyMap<string, { unread: number; readSeq: number; lastSeq: number }>;
  threads: ReadonlyMap<string, Thread>;
  presence: ReadonlyMap<string, Presence['people']>;
  /** The newest reply of the agent that came too late or was cut short, by conversation. */
  drafts: ReadonlyMap<string, Draft>;
}

export type InboxEvent =
  /** Answers of `GET /conversations`, with `unread`. */
  | { type: 'listed'; conversations: Conversation[] }
  /** Frames of the socket. */
  | { type: 'list'; entries: ListEntry[] }
  | { type: 'agents'; changed: readonly AgentPause[] }
  | { type: 'conversation'; conversation: Conversation }
  | { type: 'message'; message: Message }
  | { type: 'draft'; conversationId: string; draft: Draft }
  | { type: 'presence'; presence: Presence }
  | { type: 'attendance'; changed: readonly Presence[] }
  | { type: 'heads'; heads: { conversationId: string; revision: number }[] }
  | { type: 'disconnected' }
  /** The answer to `watch`: messages after the `afterSeq` that was asked for, or the newest ones. */
  | { type: 'watched'; conversation: Conversation; messages: Message[]; presence: Presence }
  /** The conversation, and then all messages that changed after `sinceRevision`. */
  | { type: 'caughtUp'; conversation: Conversation; messages: Message[]; sinceRevision: number }
  | { type: 'olderLoaded'; conversationId: string; messages: Message[]; reachesStart: boolean }
  | { type: 'read'; conversationId: string; seq: number };

export function emptyInbox(): InboxView {
  return {
    conversations: new Map(),
    pauses: new Map(),
    asSent: new Map(),
    readSeqs: new Map(),
    counted: new Map(),
    threads: new Map(),
    presence: new Map(),
    drafts: new Map(),
  };
}

/** Pure: any interleaving, repetition or reordering of events ends in what the server has. */
export function reduceInbox(view: InboxView, event: InboxEvent): InboxView {
  switch (event.type) {
    case 'listed':
      return markRead(putConversations(view, event.conversations), event.conversations);
    case 'list':
      // A list frame says that something changed, not that its messages have arrived.
      return putConversations(view, event.entries);
    case 'agents':
      return putPauses(view, event.changed);
    case 'conversation':
      return changeThread(put(view, event.conversation), event.conversation.id, (thread) =>
        hear(thread, event.conversation.revision),
      );
    case 'message':
      return changeThread(view, event.message.conversationId, (thread) =>
        hear(mergeMessages(thread, [event.message]), event.message.revision),
      );
    case 'draft':
      return keepDraft(view, event.conversationId, event.draft);
    case 'presence':
      return attend(view, [event.presence]);
    case 'attendance':
      return attend(view, event.changed);
    case 'heads':
      return event.heads.reduce(
        (next, { conversationId, revision }) =>
          changeThread(next, conversationId, (thread) =>
            compareHead(thread, revision, lastSeqOf(next, conversationId)),
          ),
        view,
      );
    case 'disconnected':
      return { ...view, presence: new Map(), threads: mapValues(view.threads, doubt) };
    case 'watched':
      return watched(put(view, event.conversation), event);
    case 'caughtUp':
      return changeThread(put(view, event.conversation), event.conversation.id, (thread) => {
        const merged = mergeMessages(thread, event.messages);
        return event.sinceRevision <= thread.confirmed ? confirm(merged, event.conversation.revision) : merged;
      });
    case 'olderLoaded':
      return changeThread(view, event.conversationId, (thread) =>
        prependOlder(thread, event.messages, event.reachesStart),
      );
    case 'read':
      return { ...view, readSeqs: raise(view.readSeqs, event.conversationId, event.seq) };
  }
}

/** The changes to fetch before this conversation is up to date; null when it is. */
export function behind(
  view: InboxView,
  conversationId: string,
): { sinceRevision: number; afterSeq: number | null } | null {
  const thread = view.threads.get(conversationId);
  if (!thread) return null;
  const missing = firstMissing(thread, lastSeqOf(view, conversationId));
  const known = view.conversations.get(conversationId)?.revision ?? 0;
  if (missing === null && thread.synced >= Math.max(thread.target, known) && known >= thread.target) return null;
  return { sinceRevision: thread.confirmed, afterSeq: missing === null ? null : missing - 1 };
}

/** The `seq` up to which every message of the loaded part is here; undefined before the first load. */
export function watchedUpTo(view: InboxView, conversationId: string): number | undefined {
  const thread = view.threads.get(conversationId);
  if (!thread) return undefined;
  const lastSeq = lastSeqOf(view, conversationId);
  return (firstMissing(thread, lastSeq) ?? lastSeq + 1) - 1;
}

/** Number of messages that the signed-in person has not seen. */
export function unreadOf(view: InboxView, conversationId: string): number {
  const conversation = view.conversations.get(conversationId);
  const readSeq = view.readSeqs.get(conversationId);
  if (!conversation || readSeq === undefined) return 0;
  const counted = view.counted.get(conversationId);
  // The server's count leaves out one's own messages. Later messages and later reads are counted here.
  if (counted?.readSeq !== readSeq) return Math.max(0, conversation.lastSeq - readSeq);
  return counted.unread + Math.max(0, conversation.lastSeq - counted.lastSeq);
}

const NOBODY: Presence['people'] = [];

/** Other teammates who are viewing a conversation or typing in it. */
export function othersIn(view: InboxView, conversationId: string, meId: string): Presence['people'] {
  const present = view.presence.get(conversationId);
  return present?.filter(({ kind, id }) => kind === 'teammate' && id !== meId) ?? NOBODY;
}

function watched(view: InboxView, event: Extract<InboxEvent, { type: 'watched' }>): InboxView {
  const { conversation, messages, presence } = event;
  const known = view.threads.get(conversation.id);
  const fromSeq = messages[0]?.seq ?? conversation.lastSeq + 1;
  // Changes of older messages before the watch are not in the answer: `behind` compares the revisions.
  const thread = mergeMessages(known ?? openThread(fromSeq, conversation.revision), messages);
  return {
    ...view,
    threads: new Map(view.threads).set(conversation.id, thread),
    presence: new Map(view.presence).set(conversation.id, presence.people),
  };
}

function keepDraft(view: InboxView, conversationId: string, draft: Draft): InboxView {
  const known = view.drafts.get(conversationId);
  if (known && known.turn > draft.turn) return view;
  return { ...view, drafts: new Map(view.drafts).set(conversationId, draft) };
}

function attend(view: InboxView, changed: readonly Presence[]): InboxView {
  const presence = new Map(view.presence);
  for (const { conversationId, people } of changed) presence.set(conversationId, people);
  return { ...view, presence };
}

function put(view: InboxView, conversation: Conversation): InboxView {
  return markRead(putConversations(view, [conversation]), [conversation]);
}

/** `unread` is relative to the answer's own `lastSeq`, also when a newer conversation is known. */
function markRead(view: InboxView, answered: readonly Conversation[]): InboxView {
  let { readSeqs, counted } = view;
  for (const { id, lastSeq, unread, readSeq } of answered) {
    if (unread === undefined || readSeq === undefined) continue;
    readSeqs = raise(readSeqs, id, readSeq);
    counted = new Map(counted).set(id, { unread, readSeq, lastSeq });
  }
  return { ...view, readSeqs, counted };
}

function changeThread(view: InboxView, conversationId: string, change: (thread: Thread) => Thread): InboxView {
  const thread = view.threads.get(conversationId);
  if (!thread) return view;
  const next = change(thread);
  return next === thread ? view : { ...view, threads: new Map(view.threads).set(conversationId, next) };
}

function lastSeqOf(view: InboxView, conversationId: string): number {
  return view.conversations.get(conversationId)?.lastSeq ?? 0;
}

function raise(map: ReadonlyMap<string, number>, key: string, value: number): ReadonlyMap<string, number> {
  return value > (map.get(key) ?? -1) ? new Map(map).set(key, value) : map;
}

function mapValues<K, V>(map: ReadonlyMap<K, V>, change: (value: V) => V): ReadonlyMap<K, V> {
  return new Map([...map].map(([key, value]) => [key, change(value)]));
}
