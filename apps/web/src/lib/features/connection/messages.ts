import type { ConnectionStatus } from '../../realtime/inbox-sync.ts';

/** Null while all is well, or before anything was shown that could be old. */
export const connectionWords: Record<ConnectionStatus, string | null> = {
  connecting: null,
  live: null,
  catchingUp: 'Connected again. Catching up…',
  lost: 'Connection lost. Trying again by itself; what you send waits until then.',
  away: 'The database is away. Nothing is lost: this page recovers by itself, and what you send waits until then.',
};
