import type { Words } from '../core/words.ts';
import { element, setAttribute, setText } from './dom.ts';
import { icon } from './icons.ts';

const MAX_COUNT = 99;

/** The round button in the corner, with the number of unread messages. */
export class LauncherView {
  readonly element: HTMLButtonElement;
  readonly #badge = element('span', { class: 'badge', 'aria-hidden': 'true', hidden: true });
  readonly #words: Words;

  constructor(words: Words, toggle: () => void) {
    this.#words = words;
    this.element = element('button', { type: 'button', class: 'launcher', 'aria-haspopup': 'dialog' });
    this.element.append(icon('chat'), icon('down'), this.#badge);
    this.element.addEventListener('click', toggle);
  }

  show(isOpen: boolean, unread: number): void {
    const count = isOpen ? 0 : unread;
    setAttribute(this.element, 'aria-expanded', String(isOpen));
    setAttribute(this.element, 'aria-label', isOpen ? this.#words.close : this.#words.open(count));
    setAttribute(this.#badge, 'hidden', count === 0);
    setText(this.#badge, count > MAX_COUNT ? `${MAX_COUNT}+` : String(count));
  }
}
