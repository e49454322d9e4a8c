import { getLocale, getTextDirection } from '../paraglide/runtime.js';

/**
 * The locale for dates and numbers: the language that is shown, with the region that this browser asks for. Someone in
 * Mexico who reads Spanish gets Mexico's dates.
 */
export function formattingLocale(): string {
  const language = getLocale();
  const preferred = typeof navigator === 'undefined' ? [] : navigator.languages;
  return preferred.find((tag) => tag.split('-')[0] === language) ?? language;
}

/** Sets language and direction of the page, for browsers and screen readers. */
export function announceLanguage(page: HTMLElement): void {
  page.lang = getLocale();
  page.dir = getTextDirection();
}
