/** May a single-letter key act? Not while someone writes, and never together with a modifier. */
export function takesKey(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.defaultPrevented) return false;
  const target = event.target instanceof Element ? event.target : null;
  return target?.closest('input, textarea, select, dialog, [contenteditable]') === null;
}
