import type { Chat, ChatStatus } from '../core/chat.ts';
import { speakerName, type Words } from '../core/words.ts';
import { Announcer } from './announcer.ts';
import { ComposerView, type ComposerActions } from './composer-view.ts';
import { element, setAttribute, setText } from './dom.ts';
import { icon } from './icons.ts';
import { LogView } from './log-view.ts';

export interface PanelActions extends ComposerActions {
  discard(clientMessageId: string): void;
  startAnew(): void;
  /** Absent if the chat is the whole page. */
  close?: () => void;
}

/** The chat: header, messages and composer. */
export class PanelView {
  readonly element: HTMLElement;
  readonly composer: ComposerView;
  readonly log: LogView;
  readonly #words: Words;
  readonly #announcer: Announcer;
  readonly #notice = element('p', { class: 'notice', role: 'status' });
  readonly #typing = element('p', { class: 'typing', 'aria-live': 'polite' });
  readonly #end: HTMLElement;
  readonly #endWords = element('p', { role: 'alert' });
  readonly #anew: HTMLButtonElement;

  constructor(words: Words, language: string, actions: PanelActions) {
    this.#words = words;
    this.#announcer = new Announcer(words);
    this.log = new LogView(words, language, actions.discard);
    this.composer = new ComposerView(words, actions);
    this.#anew = element('button', { type: 'button', class: 'plain' }, words.startAnew);
    this.#anew.addEventListener('click', () => {
      actions.startAnew();
      this.composer.field.focus();
    });
    this.#end = element('div', { class: 'end', hidden: true }, this.#endWords, this.#anew);
    const parts = [this.#header(actions.close), this.log.element, this.#typing, this.composer.element, this.#end];
    this.element = actions.close
      ? element('section', { class: 'panel', id: 'panel', role: 'dialog', 'aria-label': words.title, hidden: true })
      : element('main', { class: 'panel' });
    this.element.append(...parts, this.#announcer.element);
  }

  show(chat: Chat): void {
    const isOver = chat.status === 'ended' || chat.status === 'missing';
    this.log.show(chat);
    setText(this.#notice, noticeOf(chat.status, this.#words));
    setText(this.#typing, typingOf(chat, this.#words));
    setAttribute(this.composer.element, 'hidden', isOver);
    this.composer.askName(chat.status === 'new');
    setAttribute(this.#end, 'hidden', !isOver);
    setAttribute(this.#anew, 'hidden', chat.status !== 'ended');
    setText(this.#endWords, isOver ? this.#words[chat.status === 'ended' ? 'ended' : 'missing'] : '');
    this.#announcer.show(chat);
  }

  #header(close: (() => void) | undefined): HTMLElement {
    const heading = element('h1', {}, this.#words.title);
    const header = element('header', {}, element('div', { class: 'heading' }, heading, this.#notice));
    if (!close) return header;
    const button = element(
      'button',
      { type: 'button', class: 'close', 'aria-label': this.#words.close },
      icon('close'),
    );
    button.addEventListener('click', close);
    header.append(button);
    return header;
  }
}

function noticeOf(status: ChatStatus, words: Words): string {
  return status === 'connecting' || status === 'lost' ? words[status] : '';
}

function typingOf({ typing }: Chat, words: Words): string {
  return typing.length === 0 ? '' : words.typing(typing.map((one) => speakerName(one, words)));
}
