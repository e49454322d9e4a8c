import type { ConversationRuntime, ConversationKey } from '@baton/runtime';
import type { ClusterBus } from './cluster-bus.ts';

/** Generations whose context became invalid (TURN-3), on this node and on others. */
export interface ReplyInvalidations {
  onLocal(listener: (key: ConversationKey, turn: number) => void): void;
  applyRemote(key: ConversationKey, turn: number): void;
}

export interface JoinedEngine {
  runtime: Pick<ConversationRuntime, 'changedElsewhere' | 'delivered'>;
  invalidations: ReplyInvalidations;
}

/** Exchanges hints between the engines of all nodes. Without them, workers find the same facts in the database a little later. */
export function joinEngines(bus: ClusterBus, { runtime, invalidations }: JoinedEngine): void {
  invalidations.onLocal((key, turn) => bus.publish({ type: 'replyInvalidated', key, turn }));
  bus.subscribe({
    received(message) {
      if (message.type === 'replyInvalidated') invalidations.applyRemote(message.key, message.turn);
      if (message.type === 'changed') runtime.changedElsewhere(message.key, message.conversation.version);
      // Conversations in memory show the delivery of their last message.
      if (message.type === 'delivered') runtime.delivered(message.key, message.messages);
    },
  });
}
