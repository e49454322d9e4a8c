const WRITING = 'input, textarea, select, [contenteditable]';

/** May a single key act? Not while someone writes or chooses, nor while a dialog or menu has the keys. */
export function takesKey(event: KeyboardEvent): boolean {
  if (event.repeat || event.defaultPrevented) return false;
  const target = event.target instanceof Element ? event.target : null;
  return target === null || target.closest(`${WRITING}, dialog, [role=menu]`) === null;
}

/** The field that someone writes in, if this key was pressed in one. Dialogs close themselves on Escape. */
export function fieldOf({ target }: KeyboardEvent): HTMLElement | null {
  if (!(target instanceof HTMLElement) || target.closest('dialog') !== null) return null;
  return target.closest<HTMLElement>(WRITING);
}
