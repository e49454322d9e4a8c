import type { Message } from '@baton/protocol';
import type { DatabaseClock } from '../ports/database-clock.ts';
import type { Publisher } from '../ports/publisher.ts';
import type { Scheduler } from '../ports/scheduler.ts';
import type { Signals } from './signals.ts';
import type { ConversationKey, Store } from '../ports/store.ts';

/** An echo waits so long for the outcome of a send (HOLD-16). Its HTTP request times out after 10 s (ADR 11). */
const ECHO_WAIT_MS = 9_000;

export interface EchoPorts {
  store: Store;
  clock: DatabaseClock;
  scheduler: Scheduler;
  signals: Signals;
  publisher: Publisher;
}

/**
 * Finds the message sent from here that an echo repeats, or null. The provider's id of a message is unknown until its send
 * ends, so the echo waits for that. An echo also proves that the message arrived (SEND-4).
 */
export async function findEchoedMessage(
  ports: EchoPorts,
  key: ConversationKey,
  externalId: string,
): Promise<Message | null> {
  const { store, clock, publisher, signals } = ports;
  const until = clock.elapsed() + ECHO_WAIT_MS;
  for (;;) {
    // Listens before it looks, so that it misses no outcome.
    const { outcome, stop } = nextOutcome(ports, key, until - clock.elapsed());
    try {
      const { own, undecided } = await store.findSent(key, externalId);
      if (own) {
        const isOpen = own.delivery === 'uncertain' || own.delivery === 'sending';
        if (!isOpen) return own;
        const mark = {
          key,
          messageId: own.id,
          attempt: null,
          delivery: 'sent',
          retryAt: null,
          isChannelUp: true,
          providerId: externalId,
          error: null,
        } as const;
        const [marked] = await store.markDeliveries([mark]);
        if (marked) publisher.delivered(key, [marked]);
        signals.deliveryMarked(key);
        return marked ?? own;
      }
      if (!undecided || clock.elapsed() >= until) return null;
      await outcome;
    } finally {
      stop();
    }
  }
}

/** Marks of other nodes send no signal here, so they are polled. */
const POLL_MS = 500;

function nextOutcome({ scheduler, signals }: EchoPorts, key: ConversationKey, remainingMs: number) {
  const { promise: outcome, resolve } = Promise.withResolvers<void>();
  const cancel = scheduler.after(Math.max(0, Math.min(POLL_MS, remainingMs)), resolve);
  const unsubscribe = signals.subscribe({
    deliveryMarked(marked) {
      if (marked.conversationId === key.conversationId && marked.workspaceId === key.workspaceId) resolve();
    },
  });
  const stop = (): void => {
    cancel();
    unsubscribe();
  };
  return { outcome, stop };
}
