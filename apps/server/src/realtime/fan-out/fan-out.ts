import { customerView } from '@baton/channels';
import type { Conversation, Draft, Message } from '@baton/protocol';
import type { ConversationKey } from '@baton/runtime';
import type { PresenceRegistry } from '../presence/presence-registry.ts';
import type { CustomerCatchUp } from './customer-catch-up.ts';
import type { CustomerTyping } from './customer-typing.ts';
import type { ListFrames } from './list-frames.ts';
import { customerOf, isAnyoneIn, watchersOf } from './rooms.ts';
import type { CustomerNamespace, TeamNamespace } from './sockets.ts';

export interface FanOutParts {
  team: TeamNamespace;
  customers: CustomerNamespace;
  lists: Pick<ListFrames, 'add'>;
  presence: Pick<PresenceRegistry, 'stopWriting'>;
  customerTyping: Pick<CustomerTyping, 'changed'>;
  catchUp: Pick<CustomerCatchUp, 'published'>;
  onError: (error: unknown) => void;
}

/**
 * Sends commits of any node to the sockets of this node: to watchers at once, to the lists of the workspace in batches, and
 * to the customer as far as they may see them.
 */
export class FanOut {
  readonly #parts: FanOutParts;

  constructor(parts: FanOutParts) {
    this.#parts = parts;
  }

  changed(key: ConversationKey, conversation: Conversation, messages: Message[]): void {
    this.#safely(() => {
      const { team, lists, customerTyping, catchUp } = this.#parts;
      // The customer sees typing end before the message arrives.
      for (const message of messages) this.#stopWriting(key, message);
      customerTyping.changed(key, conversation);
      this.#sendMessages(key, messages);
      const room = watchersOf(key);
      if (isAnyoneIn(team, room)) team.to(room).emit('conversation', conversation);
      lists.add(key, conversation);
      catchUp.published(key, conversation.revision);
    });
  }

  delivered(key: ConversationKey, messages: Message[]): void {
    this.#safely(() => {
      const { lists, catchUp } = this.#parts;
      this.#sendMessages(key, messages);
      lists.add(key, null);
      for (const { revision } of messages) catchUp.published(key, revision);
    });
  }

  /** Only watchers get drafts. Teammates who open the conversation later read them from the database. */
  drafted(key: ConversationKey, draft: Draft): void {
    this.#safely(() => {
      const { conversationId } = key;
      this.#parts.team.to(watchersOf(key)).emit('draft', { conversationId, draft });
    });
  }

  #sendMessages(key: ConversationKey, messages: Message[]): void {
    const { team, customers } = this.#parts;
    const [watchers, customer] = [watchersOf(key), customerOf(key)];
    if (isAnyoneIn(team, watchers)) for (const message of messages) team.to(watchers).emit('message', message);
    if (!isAnyoneIn(customers, customer)) return;
    for (const message of messages) {
      const view = customerView(message);
      if (view) customers.to(customer).emit('message', view);
    }
  }

  #stopWriting(key: ConversationKey, { author, delivery }: Message): void {
    const isNew = delivery === null || delivery === 'queued';
    if (author.kind === 'teammate' && author.id !== null && isNew) this.#parts.presence.stopWriting(key, author.id);
  }

  /** The commit is done, so its caller must not see an error of a socket. */
  #safely(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.#parts.onError(error);
    }
  }
}
