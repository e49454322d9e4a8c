import type { Presence } from '@baton/protocol';
import type { ConversationKey } from '@baton/runtime';
import type { TeamNamespace } from './namespaces.ts';
import { PresenceBook, type Attendee } from './presence.ts';
import { watchersOf } from './rooms.ts';

export interface PresenceBoardParts {
  team: TeamNamespace;
  /** Milliseconds, from any start. */
  now: () => number;
  /** Who is there, or writes to the customer, may have changed. */
  onChange: (key: ConversationKey) => void;
}

/** The presence book, and everyone who watches told of each change in it. */
export class PresenceBoard {
  readonly #book = new PresenceBook();
  readonly #parts: PresenceBoardParts;

  constructor(parts: PresenceBoardParts) {
    this.#parts = parts;
  }

  enter(key: ConversationKey, connection: string, person: Attendee, idle = false): void {
    this.#book.enter(key, connection, person, idle);
    this.#tell(key);
  }

  leave(key: ConversationKey, connection: string): void {
    if (this.#book.leave(key, connection)) this.#tell(key);
  }

  write(key: ConversationKey, connection: string, writing: { note: boolean } | null): void {
    const since = writing && { note: writing.note, now: this.#parts.now() };
    if (this.#book.write(key, connection, since)) this.#tell(key);
  }

  rest(key: ConversationKey, connection: string, idle: boolean): void {
    if (this.#book.rest(key, connection, idle)) this.#tell(key);
  }

  finished(key: ConversationKey, personId: string): void {
    if (this.#book.finished(key, personId)) this.#tell(key);
  }

  /** To be called about once a second. */
  expire(): void {
    for (const key of this.#book.expire(this.#parts.now())) this.#tell(key);
  }

  of(key: ConversationKey): Presence {
    return { conversationId: key.conversationId, people: this.#book.people(key) };
  }

  writers(key: ConversationKey): Attendee[] {
    return this.#book.writers(key);
  }

  /** Everything that somebody has open here. */
  open(): ConversationKey[] {
    return [...this.#book.keys()];
  }

  #tell(key: ConversationKey): void {
    this.#parts.team.to(watchersOf(key)).emit('presence', this.of(key));
    this.#parts.onChange(key);
  }
}
