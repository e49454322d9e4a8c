import type { Action } from './action.ts';

/** What this browser's person changed about keys. */
export interface KeyPreferences {
  /** Single keys act. Off for those who speak to their computer, or whose hands shake. */
  enabled: boolean;
  /** Action id to its key; null takes the key away. What is not here has the key of the registry. */
  changed: Readonly<Record<string, string | null>>;
}

export const DEFAULT_KEYS: KeyPreferences = { enabled: true, changed: {} };

const NAME = 'baton.keys';

export function readKeyPreferences(storage: Pick<Storage, 'getItem'>): KeyPreferences {
  try {
    const stored: unknown = JSON.parse(storage.getItem(NAME) ?? 'null');
    return isPreferences(stored) ? stored : DEFAULT_KEYS;
  } catch {
    return DEFAULT_KEYS;
  }
}

export function writeKeyPreferences(storage: Pick<Storage, 'setItem'>, preferences: KeyPreferences): void {
  storage.setItem(NAME, JSON.stringify(preferences));
}

export function keyOfAction(action: Action, { changed }: KeyPreferences): string | null {
  if (action.everywhere) return action.key;
  const own = changed[action.id];
  return own === undefined ? action.key : own;
}

/** The action of a key, if it has one now. */
export function actionOfKey(actions: readonly Action[], preferences: KeyPreferences, key: string): Action | undefined {
  return actions.find(
    (action) => (preferences.enabled || action.everywhere === true) && keyOfAction(action, preferences) === key,
  );
}

/** Gives an action a key. Whoever had it before has none afterwards: one key, one action. */
export function withKey(
  actions: readonly Action[],
  preferences: KeyPreferences,
  id: string,
  key: string | null,
): KeyPreferences {
  const changed = { ...preferences.changed };
  for (const action of actions) {
    if (key !== null && keyOfAction(action, preferences) === key) changed[action.id] = null;
  }
  changed[id] = key;
  return { ...preferences, changed };
}

function isPreferences(value: unknown): value is KeyPreferences {
  if (typeof value !== 'object' || value === null || !('enabled' in value) || !('changed' in value)) return false;
  const { enabled, changed } = value;
  if (typeof enabled !== 'boolean' || typeof changed !== 'object' || changed === null) return false;
  return Object.values(changed).every((key) => key === null || typeof key === 'string');
}
