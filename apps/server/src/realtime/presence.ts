import type { Presence } from '@baton/protocol';
import type { ConversationKey } from '@baton/runtime';

export type Attendee = Omit<Presence['people'][number], 'typing' | 'idle'>;

interface Seat {
  person: Attendee;
  idle: boolean;
  /** What is being written, and until when that is believed without another heartbeat. */
  writing: { note: boolean; until: number } | null;
}

/** A heartbeat comes every 3 s at the latest; two lost ones end it, as with the lease itself. */
export const WRITING_MS = 8_000;

/** Who has which conversation open on this node, and who of them is typing. Holds no socket and reads no clock. */
export class PresenceBook {
  readonly #rooms = new Map<string, { key: ConversationKey; seats: Map<string, Seat> }>();

  /** `connection`: a socket's id. The same person may sit on several. */
  enter(key: ConversationKey, connection: string, person: Attendee, idle = false): void {
    const room = this.#rooms.get(key.conversationId) ?? { key, seats: new Map<string, Seat>() };
    this.#rooms.set(key.conversationId, room);
    if (!room.seats.has(connection)) room.seats.set(connection, { person, idle, writing: null });
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
    for (const seat of this.#rooms.get(key.conversationId)?.seats.values() ?? []) {
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

  /** Each person once, in the order of coming. Typing where any connection types, idle where all are. */
  people(key: ConversationKey): Presence['people'] {
    const people = new Map<string, Presence['people'][number]>();
    for (const { person, writing, idle } of this.#rooms.get(key.conversationId)?.seats.values() ?? []) {
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
    for (const { person, writing } of this.#rooms.get(key.conversationId)?.seats.values() ?? []) {
      if (person.kind === 'teammate' && writing && !writing.note) writers.set(person.id, person);
    }
    return [...writers.values()];
  }

  /** Everything that somebody has open. */
  *keys(): Iterable<ConversationKey> {
    for (const { key } of this.#rooms.values()) yield key;
  }
}
