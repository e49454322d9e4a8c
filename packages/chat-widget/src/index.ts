import { BatonChat } from './baton-chat.ts';
import { wordsOf } from './core/words.ts';

/** Makes `<baton-chat>` known to the page. Calling it again, also from a second script, changes nothing. */
export function defineBatonChat(server?: string): void {
  if (server !== undefined) BatonChat.home = server;
  if (!customElements.get('baton-chat')) customElements.define('baton-chat', BatonChat);
}

/** What a page that is nothing but the chat is called. */
export function chatTitle(language: string): string {
  return wordsOf(language).title;
}
