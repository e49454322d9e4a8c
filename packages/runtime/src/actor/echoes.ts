import type { Message } from '@baton/protocol';
import type { DatabaseClock } from '../ports/database-clock.ts';
import type { Publisher } from '../ports/publisher.ts';
import type { Scheduler } from '../ports/scheduler.ts';
import type { Signals } from './signals.ts';
import type { ConversationKey, Store } from '../ports/store.ts';

/** How long an echo waits for the outcome of what is at the channel (HOLD-16): its request is given up after 10 s (ADR 0192). */
const ECHO_WAIT_MS = 9_000;

export interface EchoPorts {
  store: Store;
  clock: DatabaseClock;
  scheduler: Scheduler;
  signals: Signals;
  publisher: Publisher;
}

/**
 * Is this echo one of ours? While one of ours is at the channel its id may not be known yet: the echo waits until the
 * outcome is, at most 10 s. An echo that is ours also proves that the message arrived (SEND-4).
 */
export async function findEchoed(ports: EchoPorts, key: ConversationKey, externalId: string): Promise<Message | null> {
  const { store, clock, publisher, signals } = ports;
  const until = clock.elapsed() + ECHO_WAIT_MS;
  for (;;) {
    // Listening begins before looking: no outcome falls between.
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
        signals.marked(key);
        return marked ?? own;
      }
      if (!undecided || clock.elapsed() >= until) return null;
      await outcome;
    } finally {
      stop();
    }
  }
}

/** Other nodes' marks are not heard here: they are looked for this often. */
const LOOK_MS = 500;

function nextOutcome({ scheduler, signals }: EchoPorts, key: ConversationKey, remainingMs: number) {
  const { promise: outcome, resolve } = Promise.withResolvers<void>();
  const cancel = scheduler.after(Math.max(0, Math.min(LOOK_MS, remainingMs)), resolve);
  const unsubscribe = signals.subscribe({
    marked(marked) {
      if (marked.conversationId === key.conversationId && marked.workspaceId === key.workspaceId) resolve();
    },
  });
  const stop = (): void => {
    cancel();
    unsubscribe();
  };
  return { outcome, stop };
}
