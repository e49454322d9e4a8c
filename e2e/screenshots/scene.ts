import type { Page } from 'playwright';
import type { Studio } from './studio.ts';
import type { Words } from './words.ts';

/** One page in one state. `show` brings it about and returns the page; its browser context is closed afterwards. */
export interface Scene {
  name: string;
  show: (set: Set) => Promise<Page>;
}

export interface Set {
  studio: Studio;
  words: Words;
}
