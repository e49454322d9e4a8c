import { createHmac } from 'node:crypto';
import { hashSecret, matchesSecret } from '@baton/channels';

/**
 * Proof, for the first visit of a server without a workspace, that the visitor can read its log. It follows from the secret
 * key, so that the log of any node will do, and is used up by the set-up that succeeds.
 */
export interface SetupToken {
  /** For the log; null when no set-up is to be offered. */
  readonly value: string | null;
  matches(given: string): boolean;
  spend(): void;
}

/** `secretKey`: null where no set-up is to be offered. */
export function setupToken(secretKey: string | null): SetupToken {
  let value = secretKey === null ? null : tokenOf(secretKey);
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

function tokenOf(secretKey: string): string {
  return `setup_${createHmac('sha256', secretKey).update('the first visit').digest('base64url')}`;
}
