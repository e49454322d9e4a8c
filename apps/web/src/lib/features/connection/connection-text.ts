import type { ConnectionStatus } from '../../inbox/sync/inbox-sync.ts';
import { m } from '../../paraglide/messages.js';

/** Null while all is well, and before anything was shown that could be stale. */
const TEXTS: Readonly<Record<ConnectionStatus, (() => string) | null>> = {
  catchingUp: m.connection_catching_up,
  lost: m.connection_lost,
  away: m.connection_away,
  connecting: null,
  live: null,
};

export function connectionText(status: ConnectionStatus): string | null {
  return TEXTS[status]?.() ?? null;
}
