import type { ChatSession } from '../core/chat-session.ts';
import type { Chat } from '../core/chat.ts';
import type { Words } from '../core/words.ts';
import { setAttribute } from './dom.ts';
import { keepInSight } from './keep-in-sight.ts';
import { LauncherView } from './launcher-view.ts';
import { StoredOpenState } from './stored-open-state.ts';
import { PanelView } from './panel-view.ts';
import { tabStaysInside } from './tab-stays-inside.ts';

export interface ChatViewParts {
  root: ShadowRoot;
  session: ChatSession;
  words: Words;
  language: string;
  /** The chat alone, without the button. */
  isPage: boolean;
  /** Begins the storage keys of this chat. */
  storagePrefix: string;
}

/** Below this width the panel covers the page. */
const PHONE = '(max-width: 479.98px)';

/** Button and panel of one chat: opening, closing, focus and unread messages. */
export class ChatView {
  readonly #session: ChatSession;
  readonly #panel: PanelView;
  readonly #launcher: LauncherView | null;
  readonly #stored: StoredOpenState;
  readonly #phone = matchMedia(PHONE);
  readonly #ended = new AbortController();
  #isOpen: boolean;

  constructor({ root, session, words, language, isPage, storagePrefix }: ChatViewParts) {
    this.#session = session;
    this.#stored = new StoredOpenState(storagePrefix);
    this.#panel = new PanelView(words, language, {
      typed: (text) => session.typed(text),
      send: (text, name) => session.write(text, name),
      discard: (clientMessageId) => session.discard(clientMessageId),
      startAnew: () => session.startAnew(),
      ...(isPage ? {} : { close: () => this.#close() }),
    });
    this.#launcher = isPage ? null : new LauncherView(words, () => (this.#isOpen ? this.#close() : this.#open()));
    root.replaceChildren(...(this.#launcher ? [this.#launcher.element] : []), this.#panel.element);
    // An open chat stays open on the next page, unless it would cover that page.
    this.#isOpen = isPage || (this.#stored.isOpen && !this.#phone.matches);
    const { signal } = this.#ended;
    document.addEventListener('visibilitychange', () => this.#markSeen(), { signal });
    keepInSight(this.#panel.element, signal);
    if (isPage) return;
    this.#panel.element.addEventListener('keydown', (event) => this.#handleKey(event), { signal });
    this.#phone.addEventListener('change', () => this.#showOpen(), { signal });
    this.#showOpen();
  }

  show(chat: Chat, unread: number): void {
    this.#panel.show(chat);
    this.#launcher?.show(this.#isOpen, unread);
    if (unread > 0) this.#markSeen();
  }

  close(): void {
    this.#ended.abort();
  }

  #open(): void {
    this.#isOpen = true;
    this.#showOpen();
    this.#panel.log.toEnd();
    this.#panel.composer.field.focus();
    this.#markSeen();
  }

  #close(): void {
    this.#isOpen = false;
    this.#showOpen();
    this.#launcher?.element.focus();
  }

  #showOpen(): void {
    this.#stored.isOpen = this.#isOpen;
    setAttribute(this.#panel.element, 'hidden', !this.#isOpen);
    // On a phone it covers the page.
    setAttribute(this.#panel.element, 'aria-modal', String(this.#phone.matches));
    this.#launcher?.show(this.#isOpen, 0);
  }

  /** Messages count as seen only while they are on the screen. */
  #markSeen(): void {
    if (this.#isOpen && document.visibilityState === 'visible') this.#session.see();
  }

  #handleKey(event: KeyboardEvent): void {
    if (event.key === 'Escape' && !event.isComposing) {
      // The page may use Escape itself.
      event.stopPropagation();
      this.#close();
    } else if (event.key === 'Tab' && this.#phone.matches) tabStaysInside(this.#panel.element, event);
  }
}
