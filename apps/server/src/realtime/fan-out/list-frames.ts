import type { Conversation, ListEntry } from '@baton/protocol';
import type { ConversationKey } from '@baton/runtime';
import { ListSlices } from './list-slices.ts';
import type { TeamNamespace } from '../gateway/namespaces.ts';
import type { Every, Located } from '../ports.ts';
import { everyoneIn, isAnyoneIn, watchersOf } from './rooms.ts';

export interface ListFramesParts {
  team: TeamNamespace;
  /** Reads conversations of which only the id is known. */
  read: (keys: ConversationKey[]) => Promise<Located<Conversation>[]>;
  /** What was sent, for the repair: it need not be sent again. */
  onSent: (conversationId: string, revision: number) => void;
  every: Every;
}

/** A row of a list shows one line: a long message is not carried to everyone for it. */
const PREVIEW = 300;

/**
 * Collects what changed and sends each workspace one `list` frame with the latest of each conversation. Broadcasting every
 * change to 200 teammates at 500 changes a second took half a second each; this takes milliseconds.
 */
export class ListFrames {
  readonly #parts: ListFramesParts;
  /** The latest known; null where only that it changed is known. */
  readonly #changed = new Map<string, { key: ConversationKey; conversation: Conversation | null }>();
  readonly #slices: ListSlices;
  #flushing: Promise<void> | null = null;

  constructor(parts: ListFramesParts) {
    this.#parts = parts;
    const { team, every } = parts;
    this.#slices = new ListSlices({ every, emit: (connections, frame) => team.to(connections).emit('list', frame) });
  }

  add(key: ConversationKey, conversation: Conversation | null): void {
    if (!isAnyoneIn(this.#parts.team, everyoneIn(key.workspaceId))) return;
    const known = this.#changed.get(key.conversationId)?.conversation;
    if (conversation && known && known.revision > conversation.revision) return;
    this.#changed.set(key.conversationId, { key, conversation });
  }

  /** Committed, and told by nobody yet, as far as it was known to whoever looked. What waits to be told is not missed. */
  missed(key: ConversationKey, revision: number): void {
    const known = this.#changed.get(key.conversationId)?.conversation;
    if (!known || known.revision < revision) this.add(key, null);
  }

  /**
   * To be called every 250 ms. Resolves when all that was collected is on its way, to many connections a slice at a time.
   * @throws when the database is away; what was collected is kept for the next time
   */
  async flush(): Promise<void> {
    await this.#flushing;
    // Each connection gets the frames in their order.
    this.#slices.finish();
    if (this.#changed.size === 0) return;
    const changed = [...this.#changed.values()];
    this.#changed.clear();
    this.#flushing = this.#send(changed);
    try {
      await this.#flushing;
    } catch (error) {
      for (const { key, conversation } of changed)
        if (!this.#changed.has(key.conversationId)) this.add(key, conversation);
      throw error;
    } finally {
      this.#flushing = null;
    }
  }

  async #send(changed: { key: ConversationKey; conversation: Conversation | null }[]): Promise<void> {
    const entries = new Map<string, ListEntry[]>();
    const put = (key: ConversationKey, conversation: Conversation) => {
      const frame = entries.get(key.workspaceId) ?? [];
      entries.set(key.workspaceId, frame);
      frame.push(toEntry(conversation));
      this.#parts.onSent(conversation.id, conversation.revision);
    };
    for (const { key, conversation } of changed) if (conversation) put(key, conversation);
    const unread = changed.filter(({ conversation }) => conversation === null).map(({ key }) => key);
    if (unread.length > 0) {
      for (const { key, ...conversation } of await this.#parts.read(unread)) {
        put(key, conversation);
        // Watchers too know of it only by its messages so far.
        this.#parts.team.to(watchersOf(key)).emit('conversation', conversation);
      }
    }
    for (const [workspaceId, frame] of entries) {
      const connections = this.#parts.team.adapter.rooms.get(everyoneIn(workspaceId));
      if (connections) this.#slices.send([...connections], frame);
    }
  }

  /** Whatever is on its way has been sent. */
  finish(): void {
    this.#slices.finish();
  }
}

function toEntry({ unread: _, ...conversation }: Conversation): ListEntry {
  const { lastMessage } = conversation;
  if (!lastMessage || lastMessage.text.length <= PREVIEW) return conversation;
  // The cut may fall into the middle of a character.
  const text = `${lastMessage.text.slice(0, PREVIEW).toWellFormed()}…`;
  return { ...conversation, lastMessage: { ...lastMessage, text } };
}
