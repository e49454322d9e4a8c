import { isOfOthers, type Chat } from '../core/chat.ts';
import { speakerName, type Words } from '../core/words.ts';
import { element } from './dom.ts';

/** Longer messages are cut: the log has them whole. */
const MAX_CHARACTERS = 300;

/** A polite live region: reads out new messages of the business, never the history. */
export class Announcer {
  readonly element = element('div', { class: 'unseen', 'aria-live': 'polite' });
  readonly #words: Words;
  /** Null until the history has loaded. */
  #known: Set<string> | null = null;

  constructor(words: Words) {
    this.#words = words;
  }

  show({ status, messages }: Chat): void {
    if (status === 'new') this.#known = null;
    const known = this.#known;
    if (known) {
      const fresh = messages.filter((message) => isOfOthers(message) && !known.has(message.id));
      if (fresh.length > 0) {
        this.element.replaceChildren(
          ...fresh.map(({ from, text }) => element('p', {}, `${speakerName(from, this.#words)}: ${cut(text)}`)),
        );
      }
    }
    if (known || status === 'live') this.#known = new Set(messages.map(({ id }) => id));
  }
}

const cut = (text: string): string =>
  text.length > MAX_CHARACTERS ? `${text.slice(0, MAX_CHARACTERS).toWellFormed()}…` : text;
