/** How long *Send* can be undone (SEND-8). */
export const UNDO_MS = 5_000;
const KEY = 'baton:undo-send';

/** A preference of this browser, on by default: a delivered message cannot be recalled. */
export function readUndoPreference(storage: Storage): boolean {
  try {
    return storage.getItem(KEY) !== 'off';
  } catch {
    return true;
  }
}

export function writeUndoPreference(storage: Storage, on: boolean): void {
  try {
    storage.setItem(KEY, on ? 'on' : 'off');
  } catch {
    // The preference then lasts until the page is left.
  }
}
