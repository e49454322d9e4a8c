const WRITING = 'input, textarea, select, [contenteditable]';

/** Whether a single key may act: not in a field, a dialog or a menu. */
export function takesKey(event: KeyboardEvent): boolean {
  if (event.repeat || event.defaultPrevented) return false;
  const target = event.target instanceof Element ? event.target : null;
  return target === null || target.closest(`${WRITING}, dialog, [role=menu]`) === null;
}

/** The field in which this key was pressed. Null inside dialogs, which handle Escape themselves. */
export function fieldOf({ target }: KeyboardEvent): HTMLElement | null {
  if (!(target instanceof HTMLElement) || target.closest('dialog') !== null) return null;
  return target.closest<HTMLElement>(WRITING);
}
