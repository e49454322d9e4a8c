import type { Conversation, ListEntry } from '@baton/protocol';
import type { ConversationKey } from '@baton/runtime';
import type { Every } from '../../timing/every.ts';
import { ListSlices } from './list-slices.ts';
import type { PublishedRevisions } from './published-revisions.ts';
import type { RealtimeReads } from './reads.ts';
import { everyoneIn, isAnyoneIn, watchersOf } from './rooms.ts';
import type { TeamNamespace } from './sockets.ts';

export interface ListFramesParts {
  team: TeamNamespace;
  reads: Pick<RealtimeReads, 'conversations'>;
  published: Pick<PublishedRevisions, 'set'>;
  every: Every;
}

/** A row of a list shows one line, so frames carry the beginning of a long message only. */
const PREVIEW_LENGTH = 300;

/**
 * Collects changes and sends each workspace one `list` frame with the latest state of each conversation. At 500 changes a
 * second and 200 teammates, broadcasting each change took half a second; a frame takes milliseconds.
 */
export class ListFrames {
  readonly #parts: ListFramesParts;
  /** The latest known state; null if only the fact of a change is known. */
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

  /** The repair found a revision that was not published. A change that already waits for the next frame covers it. */
  missed(key: ConversationKey, revision: number): void {
    const known = this.#changed.get(key.conversationId)?.conversation;
    if (!known || known.revision < revision) this.add(key, null);
  }

  /**
   * Call it every 250 ms. Resolves once the collected changes are handed to `ListSlices`.
   * @throws if the database is away; the collected changes stay for the next call
   */
  async flush(): Promise<void> {
    await this.#flushing;
    // Connections get frames in order.
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
      this.#parts.published.set(conversation.id, conversation.revision);
    };
    for (const { key, conversation } of changed) if (conversation) put(key, conversation);
    const unread = changed.filter(({ conversation }) => conversation === null).map(({ key }) => key);
    if (unread.length > 0) {
      for (const { key, ...conversation } of await this.#parts.reads.conversations(unread)) {
        put(key, conversation);
        // Watchers have its messages so far, but not its state.
        this.#parts.team.to(watchersOf(key)).emit('conversation', conversation);
      }
    }
    for (const [workspaceId, frame] of entries) {
      const connections = this.#parts.team.adapter.rooms.get(everyoneIn(workspaceId));
      if (connections) this.#slices.send([...connections], frame);
    }
  }

  /** Sends the remaining slices now. */
  finish(): void {
    this.#slices.finish();
  }
}

function toEntry({ unread: _, ...conversation }: Conversation): ListEntry {
  const { lastMessage } = conversation;
  if (!lastMessage || lastMessage.text.length <= PREVIEW_LENGTH) return conversation;
  // The cut may split a surrogate pair.
  const text = `${lastMessage.text.slice(0, PREVIEW_LENGTH).toWellFormed()}…`;
  return { ...conversation, lastMessage: { ...lastMessage, text } };
}
