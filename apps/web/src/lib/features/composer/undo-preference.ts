/** SEND-8: the longest that *Send* can be undone. */
export const UNDO_MS = 5_000;
const KEY = 'baton:undo-send';

/** A preference of this browser. Storage that is closed leaves it off. */
export function readUndoPreference(storage: Storage): boolean {
  try {
    return storage.getItem(KEY) === 'on';
  } catch {
    return false;
  }
}

export function writeUndoPreference(storage: Storage, on: boolean): void {
  try {
    if (on) storage.setItem(KEY, 'on');
    else storage.removeItem(KEY);
  } catch {
    // It then holds until the page is left.
  }
}
