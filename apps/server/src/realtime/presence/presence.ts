import type { Presence } from '@baton/protocol';
import type { ConversationKey } from '@baton/runtime';
import type { RemoteSeat } from '../../cluster/messages.ts';

export type Attendee = Omit<Presence['people'][number], 'typing' | 'idle'>;

interface Seat {
  person: Attendee;
  idle: boolean;
  /** The other node that says so; null for a connection of this one. */
  node: string | null;
  /** What is being written, and until when that is believed without another heartbeat. */
  writing: { note: boolean; until: number } | null;
}

/** A heartbeat comes every 3 s at the latest; two lost ones end it, as with the lease itself. */
export const WRITING_MS = 8_000;

/** Who has which conversation open, on this node and, as far as they say, on others; and who is typing. Holds no socket and reads no clock. */
export class PresenceBook {
  readonly #rooms = new Map<string, { key: ConversationKey; seats: Map<string, Seat> }>();

  /** `connection`: a socket's id. The same person may sit on several. */
  enter(key: ConversationKey, connection: string, person: Attendee, idle = false): void {
    const { seats } = this.#room(key);
    if (!seats.has(connection)) seats.set(connection, { person, node: null, idle, writing: null });
  }

  /** False when the connection was not there. */
  leave(key: ConversationKey, connection: string): boolean {
    const room = this.#rooms.get(key.conversationId);
    if (!room?.seats.delete(connection)) return false;
    if (room.seats.size === 0) this.#rooms.delete(key.conversationId);
    return true;
  }

  /** True when others see a difference; renewals make none. */
  write(key: ConversationKey, connection: string, writing: { note: boolean; now: number } | null): boolean {
    const seat = this.#rooms.get(key.conversationId)?.seats.get(connection);
    if (!seat) return false;
    const before = seat.writing;
    seat.writing = writing && { note: writing.note, until: writing.now + WRITING_MS };
    return (before === null) !== (writing === null) || before?.note !== writing?.note;
  }

  /** True when others see a difference. */
  rest(key: ConversationKey, connection: string, idle: boolean): boolean {
    const seat = this.#rooms.get(key.conversationId)?.seats.get(connection);
    if (!seat || seat.idle === idle) return false;
    seat.idle = idle;
    return true;
  }

  /** A person has sent what they wrote: they write no more, on any connection. True when they did. */
  finished(key: ConversationKey, personId: string): boolean {
    let changed = false;
    for (const seat of this.#seats(key)) {
      if (seat.person.id !== personId || !seat.writing) continue;
      seat.writing = null;
      changed = true;
    }
    return changed;
  }

  /** Ends what no heartbeat has kept up, and names the conversations where that shows. */
  expire(now: number): ConversationKey[] {
    const changed: ConversationKey[] = [];
    for (const { key, seats } of this.#rooms.values()) {
      const stale = [...seats.values()].filter((seat) => seat.writing && seat.writing.until <= now);
      for (const seat of stale) seat.writing = null;
      if (stale.length > 0) changed.push(key);
    }
    return changed;
  }

  /** Another node says who sits there on it: all of them, instead of what it said before. */
  place(node: string, key: ConversationKey, seated: RemoteSeat[]): void {
    const { seats } = this.#room(key);
    for (const [name, seat] of seats) if (seat.node === node) seats.delete(name);
    seated.forEach(({ person, idle, writing }, index) => {
      // That node sees to it that what is not kept up ends.
      seats.set(`${node} ${index}`, { person, node, idle, writing: writing && { ...writing, until: Infinity } });
    });
    if (seats.size === 0) this.#rooms.delete(key.conversationId);
  }

  /** Another node is gone, or says everything afresh: nobody sits there. Names the conversations where that shows. */
  vacate(node: string): ConversationKey[] {
    const rooms = [...this.#rooms.values()].filter(({ seats }) =>
      [...seats.values()].some((seat) => seat.node === node),
    );
    for (const { key } of rooms) this.place(node, key, []);
    return rooms.map(({ key }) => key);
  }

  /** Who sits there on this node, for the others to know. */
  here(key: ConversationKey): RemoteSeat[] {
    return this.#seats(key)
      .filter(({ node }) => node === null)
      .map(({ person, idle, writing }) => ({ person, idle, writing: writing && { note: writing.note } }));
  }

  /** Each person once, in the order of coming. Typing where any connection types, idle where all are. */
  people(key: ConversationKey): Presence['people'] {
    const people = new Map<string, Presence['people'][number]>();
    for (const { person, writing, idle } of this.#seats(key)) {
      const known = people.get(person.id);
      people.set(person.id, {
        ...person,
        typing: writing !== null || known?.typing === true,
        idle: idle && known?.idle !== false,
      });
    }
    return [...people.values()];
  }

  /** Teammates who write to the customer: notes are nobody else's business (SEE-4). */
  writers(key: ConversationKey): Attendee[] {
    const writers = new Map<string, Attendee>();
    for (const { person, writing } of this.#seats(key)) {
      if (person.kind === 'teammate' && writing && !writing.note) writers.set(person.id, person);
    }
    return [...writers.values()];
  }

  /** Everything that somebody has open on this node. */
  *keysHere(): Iterable<ConversationKey> {
    for (const { key, seats } of this.#rooms.values()) {
      if ([...seats.values()].some(({ node }) => node === null)) yield key;
    }
  }

  #room(key: ConversationKey): { key: ConversationKey; seats: Map<string, Seat> } {
    const room = this.#rooms.get(key.conversationId) ?? { key, seats: new Map<string, Seat>() };
    this.#rooms.set(key.conversationId, room);
    return room;
  }

  #seats(key: ConversationKey): Seat[] {
    return [...(this.#rooms.get(key.conversationId)?.seats.values() ?? [])];
  }
}
