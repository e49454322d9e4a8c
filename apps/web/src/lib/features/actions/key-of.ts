/** The parts of a keyboard event that name its key. */
export interface Pressed {
  key: string;
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
  isComposing?: boolean;
}

/**
 * The name of a key in shortcuts: `j`, `Shift+E`, `?`, `Ctrl+K` (⌘ counts as Ctrl). Null for keys without a character,
 * Alt, and text that is being composed. Signs carry no Shift, because their position differs by keyboard; a letter of
 * another script is named by its position.
 */
export function keyOf({ key, code, ctrlKey, metaKey, altKey, shiftKey, isComposing }: Pressed): string | null {
  if (isComposing || altKey || !/^.$/u.test(key) || key === ' ') return null;
  const sign = latin(key, code);
  const upper = sign.toUpperCase();
  const isLetter = upper !== sign.toLowerCase();
  if (ctrlKey || metaKey) return `Ctrl+${upper}`;
  if (!isLetter) return sign;
  return shiftKey ? `Shift+${upper}` : sign.toLowerCase();
}

function latin(key: string, code: string): string {
  const isForeignLetter = key.toLowerCase() !== key.toUpperCase() && !/[a-z]/i.test(key);
  const place = /^Key([A-Z])$/.exec(code)?.[1];
  return isForeignLetter && place !== undefined ? place : key;
}

/** The key as this operating system writes it. */
export function keyLabel(key: string, isApple: boolean): string {
  const label = isApple ? key.replace('Ctrl+', '⌘').replace('Shift+', '⇧') : key;
  return label.length === 1 ? label.toUpperCase() : label;
}

/** For `aria-keyshortcuts`. */
export function ariaKey(key: string): string {
  return key.replace('Ctrl+', 'Control+');
}
