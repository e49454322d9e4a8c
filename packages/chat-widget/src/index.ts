import { BatonChat } from './baton-chat.ts';
import { wordsOf } from './core/words.ts';

/** Registers `<baton-chat>`. Further calls, also from a second script, change nothing. */
export function defineBatonChat(server?: string): void {
  if (server !== undefined) BatonChat.home = server;
  if (!customElements.get('baton-chat')) customElements.define('baton-chat', BatonChat);
}

/** The title of a page that shows the chat alone. */
export function chatTitle(language: string): string {
  return wordsOf(language).title;
}
