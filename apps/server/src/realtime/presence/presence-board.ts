import type { Presence } from '@baton/protocol';
import type { ConversationKey } from '@baton/runtime';
import type { RemoteSeat } from '../../cluster/messages.ts';
import type { TeamNamespace } from '../gateway/namespaces.ts';
import { PresenceBook, type Attendee } from './presence.ts';
import { isAnyoneIn, watchersOf } from '../fan-out/rooms.ts';

export interface PresenceBoardParts {
  team: TeamNamespace;
  /** Milliseconds, from any start. */
  now: () => number;
  /** Who is there, or writes to the customer, may have changed. */
  onChange: (key: ConversationKey) => void;
  /** Who is there on this node has changed: for the other nodes. */
  onSeats: (key: ConversationKey, seats: RemoteSeat[]) => void;
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
    this.#changedHere(key);
  }

  leave(key: ConversationKey, connection: string): void {
    if (this.#book.leave(key, connection)) this.#changedHere(key);
  }

  write(key: ConversationKey, connection: string, writing: { note: boolean } | null): void {
    const since = writing && { note: writing.note, now: this.#parts.now() };
    if (this.#book.write(key, connection, since)) this.#changedHere(key);
  }

  rest(key: ConversationKey, connection: string, idle: boolean): void {
    if (this.#book.rest(key, connection, idle)) this.#changedHere(key);
  }

  finished(key: ConversationKey, personId: string): void {
    if (this.#book.finished(key, personId)) this.#changedHere(key);
  }

  /** To be called about once a second. */
  expire(): void {
    for (const key of this.#book.expire(this.#parts.now())) this.#changedHere(key);
  }

  /** Who sits there on another node, by what it says. */
  place(node: string, key: ConversationKey, seats: RemoteSeat[]): void {
    this.#book.place(node, key, seats);
    this.#tell(key);
  }

  /** Another node says everything that is true of it. */
  replace(node: string, rooms: { key: ConversationKey; seats: RemoteSeat[] }[]): void {
    const changed = new Map(this.#book.vacate(node).map((key) => [key.conversationId, key]));
    for (const { key, seats } of rooms) {
      this.#book.place(node, key, seats);
      changed.set(key.conversationId, key);
    }
    for (const key of changed.values()) this.#tell(key);
  }

  of(key: ConversationKey): Presence {
    return { conversationId: key.conversationId, people: this.#book.people(key) };
  }

  writers(key: ConversationKey): Attendee[] {
    return this.#book.writers(key);
  }

  /** Everything that somebody has open on this node. */
  open(): ConversationKey[] {
    return [...this.#book.keysHere()];
  }

  /** Who sits there on this node, for the others to know. */
  here(key: ConversationKey): RemoteSeat[] {
    return this.#book.here(key);
  }

  #changedHere(key: ConversationKey): void {
    this.#tell(key);
    this.#parts.onSeats(key, this.#book.here(key));
  }

  #tell(key: ConversationKey): void {
    const room = watchersOf(key);
    if (isAnyoneIn(this.#parts.team, room)) this.#parts.team.to(room).emit('presence', this.of(key));
    this.#parts.onChange(key);
  }
}
