import type { Conversation, CustomerServerEvents, Person } from '@baton/protocol';
import type { ConversationKey } from '@baton/runtime';
import type { CustomerNamespace } from '../gateway/namespaces.ts';
import { customerOf } from './rooms.ts';

type Typist = Parameters<CustomerServerEvents['typing']>[0]['from'];

type Standing = Pick<Conversation, 'state' | 'holder' | 'revision'>;

interface Seen {
  key: ConversationKey;
  connections: number;
  standing: Standing;
  /** What the customer has been shown, by name and kind. */
  shown: Map<string, Typist>;
}

/** SEE-4: customers see *typing* only from whoever holds the conversation, and never for a note. */
export class CustomerTyping {
  readonly #customers: CustomerNamespace;
  readonly #writers: (key: ConversationKey) => Person[];
  readonly #agentOf: (key: ConversationKey) => string | null;
  readonly #conversations = new Map<string, Seen>();

  /** `writers`: teammates who write to the customer. `agentOf`: the name of the agent that makes a reply there now. */
  constructor(
    customers: CustomerNamespace,
    writers: (key: ConversationKey) => Person[],
    agentOf: (key: ConversationKey) => string | null,
  ) {
    this.#customers = customers;
    this.#writers = writers;
    this.#agentOf = agentOf;
  }

  /** A customer's connection; those typing already are told to this connection alone by what it returns. */
  connected(key: ConversationKey, conversation: Conversation): Typist[] {
    const seen = this.#conversations.get(key.conversationId);
    if (seen) {
      seen.connections += 1;
      return [...seen.shown.values()];
    }
    const fresh: Seen = { key, connections: 1, standing: conversation, shown: new Map() };
    fresh.shown = this.#typists(fresh);
    this.#conversations.set(key.conversationId, fresh);
    return [...fresh.shown.values()];
  }

  disconnected(key: ConversationKey): void {
    const seen = this.#conversations.get(key.conversationId);
    if (!seen) return;
    seen.connections -= 1;
    if (seen.connections === 0) this.#conversations.delete(key.conversationId);
  }

  changed(key: ConversationKey, { state, holder, revision }: Conversation): void {
    this.#update(key, (seen) => {
      // Words of several nodes may cross.
      if (revision >= seen.standing.revision) seen.standing = { state, holder, revision };
    });
  }

  agentChanged(key: ConversationKey): void {
    this.#update(key, () => {});
  }

  writersChanged(key: ConversationKey): void {
    this.#update(key, () => {});
  }

  #update(key: ConversationKey, change: (seen: Seen) => void): void {
    const seen = this.#conversations.get(key.conversationId);
    if (!seen) return;
    change(seen);
    const before = seen.shown;
    seen.shown = this.#typists(seen);
    const room = this.#customers.to(customerOf(key));
    for (const [id, from] of before) if (!seen.shown.has(id)) room.emit('typing', { from, typing: false });
    for (const [id, from] of seen.shown) if (!before.has(id)) room.emit('typing', { from, typing: true });
  }

  #typists(seen: Seen): Map<string, Typist> {
    if (seen.standing.state === 'agentActive') {
      const agent = this.#agentOf(seen.key);
      return new Map(agent === null ? [] : [['agent', { kind: 'agent', name: agent }]]);
    }
    const people = whoseTypingShows(seen.standing, this.#writers(seen.key));
    return new Map(people.map(({ id, name }) => [id, { kind: 'teammate', name }]));
  }
}

function whoseTypingShows({ state, holder }: Standing, writers: Person[]): Person[] {
  switch (state) {
    case 'agentActive':
      return [];
    case 'humanActive':
      // The holders are those who write, on whichever node.
      return holder.kind === 'teammates' ? holder.teammates : [];
    case 'humanPriorityWindow': {
      const holders = holder.kind === 'teammates' ? holder.teammates.map(({ id }) => id) : [];
      return writers.filter(({ id }) => holders.includes(id));
    }
    case 'agentDisabled':
      return writers;
  }
}
