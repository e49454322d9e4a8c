import { customerView } from '@baton/channels';
import type { Conversation, Draft, Message } from '@baton/protocol';
import type { ConversationKey, Publisher } from '@baton/runtime';
import type { NodeTalk } from '../../cluster/cluster-bus.ts';
import type { CustomerCatchUp } from './customer-catch-up.ts';
import type { CustomerTyping } from './customer-typing.ts';
import type { ListFrames } from './list-frames.ts';
import type { CustomerNamespace, TeamNamespace } from '../gateway/namespaces.ts';
import type { PresenceBoard } from '../presence/presence-board.ts';
import { customerOf, isAnyoneIn, watchersOf } from './rooms.ts';

export interface FanOutParts {
  team: TeamNamespace;
  customers: CustomerNamespace;
  lists: ListFrames;
  board: PresenceBoard;
  typing: CustomerTyping;
  catchUp: Pick<CustomerCatchUp, 'heard'>;
  talk: Pick<NodeTalk, 'tell'>;
  onError: (error: unknown) => void;
}

/**
 * Tells sockets what has been committed: watchers at once, the workspace's lists soon, the customer what is theirs. First
 * those of this node, then the other nodes, which tell theirs: nobody here waits for what is between nodes.
 */
export class FanOut implements Publisher {
  readonly #parts: FanOutParts;

  constructor(parts: FanOutParts) {
    this.#parts = parts;
  }

  changed(key: ConversationKey, conversation: Conversation, messages: Message[]): void {
    this.changedThere(key, conversation, messages);
    this.#safely(() => this.#parts.talk.tell({ type: 'changed', key, conversation, messages }));
  }

  delivered(key: ConversationKey, messages: Message[]): void {
    this.deliveredThere(key, messages);
    this.#safely(() => this.#parts.talk.tell({ type: 'delivered', key, messages }));
  }

  /** Committed by another node, which tells the others. */
  changedThere(key: ConversationKey, conversation: Conversation, messages: Message[]): void {
    this.#safely(() => {
      const { team, lists, typing, catchUp } = this.#parts;
      // Whoever sends has stopped writing, and the customer must not see the two in the wrong order.
      for (const message of messages) this.#endWriting(key, message);
      typing.changed(key, conversation);
      this.#messages(key, messages);
      const room = watchersOf(key);
      if (isAnyoneIn(team, room)) team.to(room).emit('conversation', conversation);
      lists.add(key, conversation);
      catchUp.heard(key, conversation.revision);
    });
  }

  /** As `changedThere`. */
  deliveredThere(key: ConversationKey, messages: Message[]): void {
    this.#safely(() => {
      const { lists, catchUp } = this.#parts;
      this.#messages(key, messages);
      lists.add(key, null);
      for (const { revision } of messages) catchUp.heard(key, revision);
    });
  }

  /** For those who watch: whoever opens it later reads it. */
  drafted(key: ConversationKey, draft: Draft): void {
    this.draftedThere(key, draft);
    this.#safely(() => this.#parts.talk.tell({ type: 'drafted', key, draft }));
  }

  /** As `changedThere`. */
  draftedThere(key: ConversationKey, draft: Draft): void {
    this.#safely(() => {
      const { conversationId } = key;
      this.#parts.team.to(watchersOf(key)).emit('draft', { conversationId, draft });
    });
  }

  #messages(key: ConversationKey, messages: Message[]): void {
    const { team, customers } = this.#parts;
    const [watchers, customer] = [watchersOf(key), customerOf(key)];
    if (isAnyoneIn(team, watchers)) for (const message of messages) team.to(watchers).emit('message', message);
    if (!isAnyoneIn(customers, customer)) return;
    for (const message of messages) {
      const view = customerView(message);
      if (view) customers.to(customer).emit('message', view);
    }
  }

  #endWriting(key: ConversationKey, { author, delivery }: Message): void {
    const isNew = delivery === null || delivery === 'queued';
    if (author.kind === 'teammate' && author.id !== null && isNew) this.#parts.board.finished(key, author.id);
  }

  /** The runtime has committed by now: nothing here may throw back at it. */
  #safely(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.#parts.onError(error);
    }
  }
}
