import type { ChatSession } from '../core/chat-session.ts';
import type { Chat } from '../core/chat.ts';
import type { Words } from '../core/words.ts';
import { setAttribute } from './dom.ts';
import { keepInSight } from './keep-in-sight.ts';
import { LauncherView } from './launcher-view.ts';
import { OpenMark } from './open-mark.ts';
import { PanelView } from './panel-view.ts';
import { tabStaysInside } from './tab-stays-inside.ts';

export interface ChatViewParts {
  root: ShadowRoot;
  session: ChatSession;
  words: Words;
  language: string;
  /** The chat alone, without a button that opens it. */
  isPage: boolean;
  /** Tells this chat from others of the same page. */
  place: string;
}

/** Below this width the panel covers the page. */
const PHONE = '(max-width: 479.98px)';

/** Button and panel of one chat: opening, closing, focus, and what is unread. */
export class ChatView {
  readonly #session: ChatSession;
  readonly #panel: PanelView;
  readonly #launcher: LauncherView | null;
  readonly #mark: OpenMark;
  readonly #phone = matchMedia(PHONE);
  readonly #ended = new AbortController();
  #isOpen: boolean;

  constructor({ root, session, words, language, isPage, place }: ChatViewParts) {
    this.#session = session;
    this.#mark = new OpenMark(place);
    this.#panel = new PanelView(words, language, {
      typed: (text) => session.typed(text),
      send: (text, name) => session.write(text, name),
      discard: (clientMessageId) => session.discard(clientMessageId),
      startAnew: () => session.startAnew(),
      ...(isPage ? {} : { close: () => this.#close() }),
    });
    this.#launcher = isPage ? null : new LauncherView(words, () => (this.#isOpen ? this.#close() : this.#open()));
    root.replaceChildren(...(this.#launcher ? [this.#launcher.element] : []), this.#panel.element);
    // Going from page to page the chat stays open, except where it would hide the page.
    this.#isOpen = isPage || (this.#mark.isOpen && !this.#phone.matches);
    const { signal } = this.#ended;
    document.addEventListener('visibilitychange', () => this.#look(), { signal });
    keepInSight(this.#panel.element, signal);
    if (isPage) return;
    this.#panel.element.addEventListener('keydown', (event) => this.#pressed(event), { signal });
    this.#phone.addEventListener('change', () => this.#showOpen(), { signal });
    this.#showOpen();
  }

  show(chat: Chat, unread: number): void {
    this.#panel.show(chat);
    this.#launcher?.show(this.#isOpen, unread);
    if (unread > 0) this.#look();
  }

  close(): void {
    this.#ended.abort();
  }

  #open(): void {
    this.#isOpen = true;
    this.#showOpen();
    this.#panel.log.toEnd();
    this.#panel.composer.field.focus();
    this.#look();
  }

  #close(): void {
    this.#isOpen = false;
    this.#showOpen();
    this.#launcher?.element.focus();
  }

  #showOpen(): void {
    this.#mark.isOpen = this.#isOpen;
    setAttribute(this.#panel.element, 'hidden', !this.#isOpen);
    // Where it covers the page, the page is out of reach.
    setAttribute(this.#panel.element, 'aria-modal', String(this.#phone.matches));
    this.#launcher?.show(this.#isOpen, 0);
  }

  /** Only what is on the screen is seen. */
  #look(): void {
    if (this.#isOpen && document.visibilityState === 'visible') this.#session.see();
  }

  #pressed(event: KeyboardEvent): void {
    if (event.key === 'Escape' && !event.isComposing) {
      // The page may have a use of its own for it.
      event.stopPropagation();
      this.#close();
    } else if (event.key === 'Tab' && this.#phone.matches) tabStaysInside(this.#panel.element, event);
  }
}
