import type { ConversationKey } from './store.ts';

/** A failure that an operator should look at. */
export interface Incident {
  what: string;
  key?: ConversationKey;
  error?: unknown;
  /** The conversation was quarantined: an owner must release it. */
  isQuarantine?: true;
}

/** Writes incidents to the server's log. Never throws. */
export type Report = (incident: Incident) => void;
