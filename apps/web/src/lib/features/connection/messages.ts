import type { ConnectionStatus } from '../../inbox/sync/inbox-sync.ts';
import { texts } from '../../i18n/texts.ts';
import { m } from '../../paraglide/messages.js';

/** Null while all is well, or before anything was shown that could be old. */
export const connectionWords: Readonly<Record<ConnectionStatus, string | null>> = texts(
  { catchingUp: m.connection_catching_up, lost: m.connection_lost, away: m.connection_away },
  { connecting: null, live: null },
);
