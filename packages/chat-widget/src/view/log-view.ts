import { rowsOf, type Row } from '../core/rows.ts';
import type { Chat, Speaker } from '../core/chat.ts';
import { speakerName, type Words } from '../core/words.ts';
import { element, setAttribute } from './dom.ts';
import { icon } from './icons.ts';
import { KeyedRows, type KeyedRow } from './keyed-rows.ts';

const NEAR_THE_END_PX = 48;

/** The messages. Stays scrolled to the end, unless the customer has scrolled up. */
export class LogView {
  readonly element: HTMLElement;
  readonly #log: HTMLElement;
  readonly #toEnd: HTMLButtonElement;
  readonly #rows: KeyedRows;
  readonly #words: Words;
  readonly #time: Intl.DateTimeFormat;
  readonly #day: Intl.DateTimeFormat;
  readonly #discard: (clientMessageId: string) => void;
  #shown: Pick<Chat, 'messages' | 'outgoing'> | null = null;
  #atEnd = true;

  constructor(words: Words, language: string, discard: (clientMessageId: string) => void) {
    this.#words = words;
    this.#discard = discard;
    this.#time = new Intl.DateTimeFormat(language, { hour: 'numeric', minute: '2-digit' });
    this.#day = new Intl.DateTimeFormat(language, { weekday: 'long', day: 'numeric', month: 'long' });
    const list = element('div', { class: 'rows' });
    this.#rows = new KeyedRows(list);
    // As a live region the log would read out the whole history; the announcer reads out new messages.
    this.#log = element(
      'div',
      { class: 'log', role: 'log', 'aria-label': words.log, 'aria-live': 'off', tabindex: '0' },
      element('p', { class: 'hello' }, words.hello),
      list,
    );
    this.#toEnd = element('button', { type: 'button', class: 'to-end', hidden: true }, words.newMessages, icon('down'));
    this.#toEnd.addEventListener('click', () => {
      this.toEnd();
      this.#log.focus();
    });
    this.#log.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    this.element = element('div', { class: 'log-frame' }, this.#log, this.#toEnd);
  }

  show(chat: Chat): void {
    if (this.#shown?.messages === chat.messages && this.#shown.outgoing === chat.outgoing) return;
    const hasWritten = chat.outgoing.length > (this.#shown?.outgoing.length ?? 0);
    const isMore = chat.messages.length > (this.#shown?.messages.length ?? 0);
    this.#shown = chat;
    const today = new Date().toDateString();
    const dayOf = (iso: string): string => {
      const at = new Date(iso);
      return at.toDateString() === today ? '' : this.#day.format(at);
    };
    this.#rows.show(rowsOf(chat, dayOf).map((row) => this.#keyed(row)));
    if (hasWritten || this.#atEnd) this.toEnd();
    else if (isMore) setAttribute(this.#toEnd, 'hidden', false);
  }

  toEnd(): void {
    this.#log.scrollTop = this.#log.scrollHeight;
    this.#atEnd = true;
    setAttribute(this.#toEnd, 'hidden', true);
  }

  #scrolled(): void {
    const { scrollHeight, scrollTop, clientHeight } = this.#log;
    // A hidden log has no scroll position.
    if (clientHeight === 0) return;
    this.#atEnd = scrollHeight - scrollTop - clientHeight < NEAR_THE_END_PX;
    if (this.#atEnd) setAttribute(this.#toEnd, 'hidden', true);
  }

  #keyed(row: Row): KeyedRow {
    switch (row.kind) {
      case 'day': {
        const day = row.day === '' ? this.#words.today : row.day;
        return { key: row.key, shows: day, make: () => element('p', { class: 'day' }, day) };
      }
      case 'speaker':
        return { key: row.key, shows: '', make: () => this.#speaker(row.from, row.at) };
      case 'text':
        return { key: row.key, shows: row.outgoing, make: () => this.#text(row.text, row.own, row.outgoing) };
      case 'refused':
        return { key: row.key, shows: '', make: () => this.#refused(row.text, row.clientMessageId) };
    }
  }

  #speaker(from: Speaker, at: string): HTMLElement {
    const { agentKind } = this.#words;
    const isAgent = from.kind === 'agent';
    const line = element('p', { class: `speaker ${from.kind === 'customer' ? 'own' : from.kind}` });
    if (from.kind !== 'customer') line.append(icon(isAgent ? 'bot' : 'person'));
    line.append(element('bdi', { class: 'name' }, speakerName(from, this.#words)));
    if (isAgent) line.append(element('span', { class: 'kind' }, agentKind));
    line.append(element('time', { datetime: at }, this.#time.format(new Date(at))));
    return line;
  }

  #text(text: string, own: boolean, outgoing: 'no' | 'waiting'): HTMLElement {
    const bubble = element('p', { class: 'bubble', dir: 'auto' }, text);
    const row = element('div', { class: own ? 'row own' : 'row' }, bubble);
    if (outgoing === 'waiting') {
      row.classList.add('waiting');
      row.append(element('p', { class: 'state' }, icon('clock'), this.#words.waiting));
    }
    return row;
  }

  #refused(text: string, clientMessageId: string): HTMLElement {
    const discard = element('button', { type: 'button', class: 'link' }, this.#words.discard);
    discard.addEventListener('click', () => this.#discard(clientMessageId));
    return element(
      'div',
      { class: 'row own refused' },
      element('p', { class: 'bubble', dir: 'auto' }, text),
      element('p', { class: 'state bad' }, this.#words.refused, ' ', discard),
    );
  }
}
