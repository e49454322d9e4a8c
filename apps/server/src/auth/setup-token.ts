import { hashSecret, matchesSecret, newSecret } from '@baton/channels';

/**
 * Proof, for the first visit of a server without a workspace, that the visitor can read its log. It lives in this
 * process only and is used up by the set-up that succeeds.
 */
export interface SetupToken {
  /** For the log; null when no set-up is to be offered. */
  readonly value: string | null;
  matches(given: string): boolean;
  spend(): void;
}

export function setupToken(offered: boolean): SetupToken {
  let value = offered ? newSecret('setup') : null;
  return {
    get value() {
      return value;
    },
    matches: (given) => value !== null && matchesSecret(given, hashSecret(value)),
    spend() {
      value = null;
    },
  };
}
