/** SEND-8: the longest that *Send* can be undone. */
export const UNDO_MS = 5_000;
const KEY = 'baton:undo-send';

/** A preference of this browser, on unless it was switched off: a message that has reached a customer cannot be called back. */
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
    // It then holds until the page is left.
  }
}
