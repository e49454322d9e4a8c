import type { ConversationKey } from './store.ts';

/** Something that somebody should look at. */
export interface Incident {
  what: string;
  key?: ConversationKey;
  error?: unknown;
  /** A conversation was set aside: somebody must look before it goes on. */
  isQuarantine?: true;
}

/** Where incident is told: the server's log. Never throws. */
export type Report = (incident: Incident) => void;
