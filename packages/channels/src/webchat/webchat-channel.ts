import type { Channel } from '../channel.ts';

/**
 * Baton's own chat page. Its receiver is our own store: a message marked `sent` is in the visitor's history, and the
 * fan-out shows it at once where the page is open. So the mark is the delivery, and there is one way to the screen.
 */
export function webchatChannel(): Channel {
  return {
    kind: 'webchat',
    idempotent: true,
    async send() {
      return { kind: 'listed' };
    },
  };
}
