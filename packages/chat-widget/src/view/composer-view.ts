import { roomFor } from '../core/text-room.ts';
import type { Words } from '../core/words.ts';
import { element, setAttribute, setText } from './dom.ts';
import { icon } from './icons.ts';

/** The composer shows the number of characters left below this. */
const SHOW_COUNT_BELOW = 200;
const MAX_NAME_CHARACTERS = 200;

export interface ComposerActions {
  typed(text: string): void;
  send(text: string, name: string): void;
}

/** The customer's text field. Enter sends, Shift+Enter makes a new line. */
export class ComposerView {
  readonly element: HTMLFormElement;
  readonly field: HTMLTextAreaElement;
  readonly #name: HTMLInputElement;
  readonly #send: HTMLButtonElement;
  readonly #room: HTMLElement;
  readonly #words: Words;
  readonly #actions: ComposerActions;

  constructor(words: Words, actions: ComposerActions) {
    this.#words = words;
    this.#actions = actions;
    const name = { name: 'name', autocomplete: 'name', maxlength: String(MAX_NAME_CHARACTERS), dir: 'auto' };
    this.#name = element('input', { ...name, placeholder: words.name, 'aria-label': words.name });
    const field = { rows: '1', dir: 'auto', placeholder: words.write, 'aria-label': words.write };
    this.field = element('textarea', { ...field, 'aria-describedby': 'room' });
    this.#send = element('button', { type: 'submit', class: 'send', 'aria-label': words.send }, icon('send'));
    this.#room = element('p', { class: 'room', id: 'room' });
    const line = element('div', { class: 'line' }, this.field, this.#send);
    this.element = element('form', { class: 'composer' }, this.#name, line, this.#room);
    this.element.addEventListener('submit', (event) => this.#submit(event));
    this.field.addEventListener('input', () => {
      this.#check();
      actions.typed(this.field.value);
    });
    this.field.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) this.#submit(event);
    });
    this.#check();
  }

  askName(asks: boolean): void {
    setAttribute(this.#name, 'hidden', !asks);
  }

  #submit(event: Event): void {
    event.preventDefault();
    const text = this.field.value;
    if (!isSendable(text)) return;
    this.field.value = '';
    this.#check();
    this.#actions.send(text, this.#name.value);
    this.field.focus();
  }

  #check(): void {
    const room = roomFor(this.field.value);
    this.#send.disabled = !isSendable(this.field.value);
    setAttribute(this.field, 'aria-invalid', String(room < 0));
    setText(this.#room, room < 0 ? this.#words.tooLong(-room) : room < SHOW_COUNT_BELOW ? this.#words.left(room) : '');
  }
}

const isSendable = (text: string): boolean => text.trim() !== '' && roomFor(text) >= 0;
