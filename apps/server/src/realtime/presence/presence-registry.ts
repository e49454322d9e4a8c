import type { Presence } from '@baton/protocol';
import type { ConversationKey } from '@baton/runtime';

export type Attendee = Omit<Presence['people'][number], 'typing' | 'idle'>;

/** One connection that has a conversation open, as one node describes it to the others. */
export interface ConnectionState {
  person: Attendee;
  idle: boolean;
  writing: { note: boolean } | null;
}

/** All connections of one conversation on one node: none after the last one left. */
export interface ConversationConnections {
  key: ConversationKey;
  connections: ConnectionState[];
}

/** `agent`: the name of the agent that generates a reply; null once it stopped. */
export interface ReplyingAgent {
  key: ConversationKey;
  agent: string | null;
}

/** Everything that one node knows of its own connections and agents. */
export interface NodePresence {
  connections: ConversationConnections[];
  replying: ReplyingAgent[];
}

export interface PresenceChange {
  key: ConversationKey;
  part: 'connections' | 'agent';
  /** False if another node reported the change. */
  isLocal: boolean;
}

interface Connection {
  person: Attendee;
  idle: boolean;
  /** The node that reported the connection; null for this node. */
  node: string | null;
  writing: { note: boolean; until: number } | null;
}

interface Room {
  key: ConversationKey;
  connections: Map<string, Connection>;
  /** Names of the agents that reply, by node. */
  agents: Map<string | null, string>;
}

/** Clients send a heartbeat every 3 s. Two may get lost before the writing state expires, as the typing lease does. */
export const WRITING_MS = 8_000;

const LOCAL = null;

/**
 * The people who have each conversation open, on every node: connections, idle and writing states, and replying agents.
 * Every change is emitted once. Other nodes expire the writing states of their own connections.
 */
export class PresenceRegistry {
  readonly #now: () => number;
  readonly #rooms = new Map<string, Room>();
  readonly #listeners: ((change: PresenceChange) => void)[] = [];

  /** `now`: milliseconds, from any start. */
  constructor(now: () => number) {
    this.#now = now;
  }

  subscribe(listener: (change: PresenceChange) => void): void {
    this.#listeners.push(listener);
  }

  /** `connection`: a socket's id. One person may have several connections. */
  enter(key: ConversationKey, connection: string, person: Attendee, idle = false): void {
    const { connections } = this.#room(key);
    if (!connections.has(connection)) connections.set(connection, { person, node: LOCAL, idle, writing: null });
    this.#emitLocal(key);
  }

  leave(key: ConversationKey, connection: string): void {
    const room = this.#rooms.get(key.conversationId);
    if (!room?.connections.delete(connection)) return;
    this.#removeIfEmpty(room);
    this.#emitLocal(key);
  }

  /** A renewal extends the writing state and emits nothing. */
  setWriting(key: ConversationKey, connection: string, writing: { note: boolean } | null): void {
    const known = this.#rooms.get(key.conversationId)?.connections.get(connection);
    if (!known) return;
    const before = known.writing;
    known.writing = writing && { note: writing.note, until: this.#now() + WRITING_MS };
    if ((before === null) !== (writing === null) || before?.note !== writing?.note) this.#emitLocal(key);
  }

  setIdle(key: ConversationKey, connection: string, idle: boolean): void {
    const known = this.#rooms.get(key.conversationId)?.connections.get(connection);
    if (!known || known.idle === idle) return;
    known.idle = idle;
    this.#emitLocal(key);
  }

  /** The person sent the message, so they stop writing on all their connections. */
  stopWriting(key: ConversationKey, personId: string): void {
    const stopped = this.#connections(key).filter(({ person, writing }) => person.id === personId && writing);
    for (const connection of stopped) connection.writing = null;
    if (stopped.length > 0) this.#emitLocal(key);
  }

  /** Ends writing states without a recent heartbeat. Call it about once a second. */
  expireWriting(): void {
    const now = this.#now();
    for (const { key, connections } of this.#rooms.values()) {
      const expired = [...connections.values()].filter(({ writing }) => writing && writing.until <= now);
      for (const connection of expired) connection.writing = null;
      if (expired.length > 0) this.#emitLocal(key);
    }
  }

  setAgent(key: ConversationKey, agent: string | null): void {
    this.#setAgent(LOCAL, key, agent);
    this.#emit({ key, part: 'agent', isLocal: true });
  }

  /** Replaces the connections that this node reported for the conversation. */
  setRemote(node: string, { key, connections }: ConversationConnections): void {
    this.#setRemote(node, key, connections);
    this.#emit({ key, part: 'connections', isLocal: false });
  }

  setRemoteAgent(node: string, { key, agent }: ReplyingAgent): void {
    this.#setAgent(node, key, agent);
    this.#emit({ key, part: 'agent', isLocal: false });
  }

  /** Replaces everything that this node reported. */
  replaceRemote(node: string, { connections, replying }: NodePresence): void {
    const changed = { connections: new Map<string, ConversationKey>(), agent: new Map<string, ConversationKey>() };
    for (const room of this.#rooms.values()) {
      const { key } = room;
      if (isReported(room, node)) changed.connections.set(key.conversationId, key);
      if (room.agents.delete(node)) changed.agent.set(key.conversationId, key);
      this.#setRemote(node, key, []);
    }
    for (const each of connections) {
      this.#setRemote(node, each.key, each.connections);
      changed.connections.set(each.key.conversationId, each.key);
    }
    for (const { key, agent } of replying) {
      this.#setAgent(node, key, agent);
      changed.agent.set(key.conversationId, key);
    }
    for (const part of ['connections', 'agent'] as const) {
      for (const key of changed[part].values()) this.#emit({ key, part, isLocal: false });
    }
  }

  removeNode(node: string): void {
    this.replaceRemote(node, { connections: [], replying: [] });
  }

  of(key: ConversationKey): Presence {
    return { conversationId: key.conversationId, people: this.#people(key) };
  }

  /** Teammates who write to the customer. Notes stay inside the team (SEE-4). */
  writersToCustomer(key: ConversationKey): Attendee[] {
    const writers = new Map<string, Attendee>();
    for (const { person, writing } of this.#connections(key)) {
      if (person.kind === 'teammate' && writing && !writing.note) writers.set(person.id, person);
    }
    return [...writers.values()];
  }

  replyingAgent({ conversationId }: ConversationKey): string | null {
    const [agent = null] = this.#rooms.get(conversationId)?.agents.values() ?? [];
    return agent;
  }

  /** Conversations with at least one connection on this node. */
  localKeys(): ConversationKey[] {
    return [...this.#rooms.values()].filter((room) => isReported(room, LOCAL)).map(({ key }) => key);
  }

  localConnections(key: ConversationKey): ConversationConnections {
    const local = this.#connections(key).filter(({ node }) => node === LOCAL);
    const connections = local.map(({ person, idle, writing }) => ({
      person,
      idle,
      writing: writing && { note: writing.note },
    }));
    return { key, connections };
  }

  localAgent(key: ConversationKey): ReplyingAgent {
    return { key, agent: this.#rooms.get(key.conversationId)?.agents.get(LOCAL) ?? null };
  }

  local(): NodePresence {
    const replying = [...this.#rooms.values()].map(({ key }) => this.localAgent(key));
    return {
      connections: this.localKeys().map((key) => this.localConnections(key)),
      replying: replying.filter(({ agent }) => agent !== null),
    };
  }

  /** Each person once, in the order of arrival: typing if any connection types, idle if all connections are idle. */
  #people(key: ConversationKey): Presence['people'] {
    const people = new Map<string, Presence['people'][number]>();
    for (const { person, writing, idle } of this.#connections(key)) {
      const known = people.get(person.id);
      people.set(person.id, {
        ...person,
        typing: writing !== null || known?.typing === true,
        idle: idle && known?.idle !== false,
      });
    }
    return [...people.values()];
  }

  #setRemote(node: string, key: ConversationKey, reported: ConnectionState[]): void {
    const room = this.#room(key);
    for (const [id, connection] of room.connections) if (connection.node === node) room.connections.delete(id);
    for (const [index, { person, idle, writing }] of reported.entries()) {
      const remote = { person, node, idle, writing: writing && { ...writing, until: Infinity } };
      room.connections.set(`${node} ${index}`, remote);
    }
    this.#removeIfEmpty(room);
  }

  #setAgent(node: string | null, key: ConversationKey, agent: string | null): void {
    const room = this.#room(key);
    if (agent === null) room.agents.delete(node);
    else room.agents.set(node, agent);
    this.#removeIfEmpty(room);
  }

  #room(key: ConversationKey): Room {
    const room = this.#rooms.get(key.conversationId) ?? { key, connections: new Map(), agents: new Map() };
    this.#rooms.set(key.conversationId, room);
    return room;
  }

  #removeIfEmpty({ key, connections, agents }: Room): void {
    if (connections.size === 0 && agents.size === 0) this.#rooms.delete(key.conversationId);
  }

  #connections(key: ConversationKey): Connection[] {
    return [...(this.#rooms.get(key.conversationId)?.connections.values() ?? [])];
  }

  #emitLocal(key: ConversationKey): void {
    this.#emit({ key, part: 'connections', isLocal: true });
  }

  #emit(change: PresenceChange): void {
    for (const listener of this.#listeners) listener(change);
  }
}

function isReported({ connections }: Room, node: string | null): boolean {
  return [...connections.values()].some((connection) => connection.node === node);
}
