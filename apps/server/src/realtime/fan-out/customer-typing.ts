import type { Conversation, CustomerServerEvents, Person } from '@baton/protocol';
import type { ConversationKey } from '@baton/runtime';
import type { PresenceRegistry } from '../presence/presence-registry.ts';
import { customerOf } from './rooms.ts';
import type { CustomerNamespace } from './sockets.ts';

type Typist = Parameters<CustomerServerEvents['typing']>[0]['from'];

type Holding = Pick<Conversation, 'state' | 'holder' | 'revision'>;

interface View {
  key: ConversationKey;
  connections: number;
  holding: Holding;
  /** The typists that the customer sees, by id. */
  shown: Map<string, Typist>;
}

/** SEE-4: customers see *typing* only from the holder of the conversation, and never for a note. */
export class CustomerTyping {
  readonly #customers: CustomerNamespace;
  readonly #presence: Pick<PresenceRegistry, 'writersToCustomer' | 'replyingAgent'>;
  readonly #views = new Map<string, View>();

  constructor(customers: CustomerNamespace, presence: Pick<PresenceRegistry, 'writersToCustomer' | 'replyingAgent'>) {
    this.#customers = customers;
    this.#presence = presence;
  }

  /** Returns those who are typing now, for this connection only. */
  connected(key: ConversationKey, conversation: Conversation): Typist[] {
    const known = this.#views.get(key.conversationId);
    if (known) {
      known.connections += 1;
      return [...known.shown.values()];
    }
    const view: View = { key, connections: 1, holding: conversation, shown: new Map() };
    view.shown = this.#typists(view);
    this.#views.set(key.conversationId, view);
    return [...view.shown.values()];
  }

  disconnected(key: ConversationKey): void {
    const view = this.#views.get(key.conversationId);
    if (!view) return;
    view.connections -= 1;
    if (view.connections === 0) this.#views.delete(key.conversationId);
  }

  changed(key: ConversationKey, { state, holder, revision }: Conversation): void {
    const view = this.#views.get(key.conversationId);
    if (!view) return;
    // Messages of several nodes may arrive out of order.
    if (revision >= view.holding.revision) view.holding = { state, holder, revision };
    this.#update(view);
  }

  presenceChanged(key: ConversationKey): void {
    const view = this.#views.get(key.conversationId);
    if (view) this.#update(view);
  }

  #update(view: View): void {
    const before = view.shown;
    view.shown = this.#typists(view);
    const room = this.#customers.to(customerOf(view.key));
    for (const [id, from] of before) if (!view.shown.has(id)) room.emit('typing', { from, typing: false });
    for (const [id, from] of view.shown) if (!before.has(id)) room.emit('typing', { from, typing: true });
  }

  #typists({ key, holding }: View): Map<string, Typist> {
    if (holding.state === 'agentActive') {
      const agent = this.#presence.replyingAgent(key);
      return new Map(agent === null ? [] : [['agent', { kind: 'agent', name: agent }]]);
    }
    const people = visibleWriters(holding, this.#presence.writersToCustomer(key));
    return new Map(people.map(({ id, name }) => [id, { kind: 'teammate', name }]));
  }
}

function visibleWriters({ state, holder }: Holding, writers: Person[]): Person[] {
  switch (state) {
    case 'agentActive':
      return [];
    case 'humanActive':
      // The holders are the teammates who write, on any node.
      return holder.kind === 'teammates' ? holder.teammates : [];
    case 'humanPriorityWindow': {
      const holders = holder.kind === 'teammates' ? holder.teammates.map(({ id }) => id) : [];
      return writers.filter(({ id }) => holders.includes(id));
    }
    case 'agentDisabled':
      return writers;
  }
}
