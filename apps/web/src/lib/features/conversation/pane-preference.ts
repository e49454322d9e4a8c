const KEY = 'baton:details';

/** Whether this browser shows the details beside a conversation. */
export function readPanePreference(storage: Storage): boolean {
  try {
    return storage.getItem(KEY) !== 'closed';
  } catch {
    return true;
  }
}

export function writePanePreference(storage: Storage, open: boolean): void {
  try {
    storage.setItem(KEY, open ? 'open' : 'closed');
  } catch {
    // Without storage the choice lasts until the page is left.
  }
}
