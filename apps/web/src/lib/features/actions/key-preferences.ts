import type { Action } from './action.ts';

/** The shortcuts that were changed in this browser. */
export interface KeyPreferences {
  /** Off for voice control and unsteady hands. */
  enabled: boolean;
  /** Key by action id; null removes the key. Actions missing here keep the key of the registry. */
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

export function actionOfKey(actions: readonly Action[], preferences: KeyPreferences, key: string): Action | undefined {
  return actions.find(
    (action) => (preferences.enabled || action.everywhere === true) && keyOfAction(action, preferences) === key,
  );
}

/** Gives an action a key, and takes the key from the action that had it. */
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
