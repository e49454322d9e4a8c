import { readFileSync } from 'node:fs';

export const LANGUAGES = ['en', 'es'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The texts of the web app in one language by key, so that scenes click on labels as a reader sees them. */
export class Texts {
  readonly language: Language;
  private readonly texts: Record<string, unknown>;

  constructor(language: Language) {
    this.language = language;
    const file = new URL(`../../apps/web/messages/${language}.json`, import.meta.url);
    this.texts = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  }

  /** @throws if the text is missing or has variants */
  of(key: string, values: Record<string, string> = {}): string {
    const text = this.texts[key];
    if (typeof text !== 'string') throw new Error(`${key} is no plain text in ${this.language}`);
    return text.replaceAll(/\{(\w+)\}/g, (_all, name: string) => values[name] ?? '');
  }
}
