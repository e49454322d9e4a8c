import { BrowserMemory, pageStorage } from './connection/browser-memory.ts';
import { connectCustomer } from './connection/customer-socket.ts';
import { createVisitor } from './connection/create-visitor.ts';
import { ChatSession } from './core/chat-session.ts';
import { unread } from './core/chat.ts';
import { wordsOf } from './core/words.ts';
import { ChatView } from './view/chat-view.ts';
import { styles } from './view/styles.ts';

/**
 * `<baton-chat channel="ID" server="https://…">`: a button in the corner that opens the chat, or with `mode="page"` the
 * chat alone, which fills its container. Speaks the language of the page (`lang`), else the browser's.
 */
export class BatonChat extends HTMLElement {
  static readonly observedAttributes = ['channel', 'server', 'mode', 'lang'];
  /** Origin of the script. It is the server, unless the element names one. */
  static home = globalThis.location.origin;

  #stop: (() => void) | null = null;

  connectedCallback(): void {
    this.#restart();
  }

  disconnectedCallback(): void {
    this.#stop?.();
    this.#stop = null;
  }

  attributeChangedCallback(_name: string, before: string | null, now: string | null): void {
    if (this.#stop && before !== now) this.#restart();
  }

  #restart(): void {
    this.#stop?.();
    this.#stop = null;
    const channel = this.getAttribute('channel');
    const server = originOf(this.getAttribute('server') ?? BatonChat.home);
    if (channel === null || channel === '' || server === null) {
      // oxlint-disable-next-line no-console -- for the author of the page; its visitors see nothing
      console.warn('<baton-chat> needs the attribute channel, and server as an origin: https://inbox.example.com');
      return;
    }
    this.#stop = this.#open(server, channel);
  }

  #open(server: string, channel: string): () => void {
    const memory = new BrowserMemory(pageStorage(), server, channel);
    const session = new ChatSession(
      {
        createVisitor: (name) => createVisitor(server, channel, name),
        connect: (token, listener) => connectCustomer(server, token, listener),
        memory,
        newId: newClientMessageId,
        now: () => Date.now(),
        after,
      },
      (chat) => view.show(chat, unread(chat)),
    );
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [styles()];
    const language = languageOf(this);
    const isPage = this.getAttribute('mode') === 'page';
    const view = new ChatView({
      root,
      session,
      words: wordsOf(language),
      language,
      isPage,
      storagePrefix: memory.prefix,
    });
    view.show(session.chat, unread(session.chat));
    session.start();

    const onStorage = ({ key }: StorageEvent): void => {
      if (key === null || key.startsWith(memory.prefix)) session.syncFromMemory();
    };
    addEventListener('storage', onStorage);
    return () => {
      removeEventListener('storage', onStorage);
      session.close();
      view.close();
    };
  }
}

function languageOf(element: Element): string {
  const stated = element.closest('[lang]')?.getAttribute('lang') ?? '';
  const language = stated === '' ? navigator.language : stated;
  try {
    return Intl.getCanonicalLocales(language)[0] ?? 'en';
  } catch {
    return 'en';
  }
}

function originOf(address: string): string | null {
  const url = URL.parse(address);
  return url?.protocol === 'https:' || url?.protocol === 'http:' ? url.origin : null;
}

function after(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}

/** Unguessable and unique, also on a page without https, where `crypto.randomUUID` is missing. */
function newClientMessageId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
