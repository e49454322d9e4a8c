import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { overflow } from '../support/accessibility.ts';
import type { Language } from './texts.ts';

export const WIDTHS = [1440, 1024, 390, 320] as const;
export type Width = (typeof WIDTHS)[number];
export const SCHEMES = ['light', 'dark'] as const;
export type Scheme = (typeof SCHEMES)[number];

const HEIGHTS: Record<Width, number> = { 1440: 900, 1024: 768, 390: 844, 320: 568 };

/** Waits for animations that end. Endless ones are ignored. */
const ANIMATIONS_DONE = `Promise.all(
  document.getAnimations()
    .filter((animation) => animation.effect?.getComputedTiming().endTime !== Infinity)
    .map((animation) => animation.finished.catch(() => undefined)),
).then(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(() => painted(undefined)))))`;

/** Takes one page at every width, light and dark. */
export class ScreenshotTaker {
  private readonly folder: string;
  private readonly widths: readonly Width[];
  private readonly schemes: readonly Scheme[];
  taken = 0;
  readonly faults: string[] = [];

  constructor(folder: string, { widths, schemes }: { widths: readonly Width[]; schemes: readonly Scheme[] }) {
    this.folder = folder;
    this.widths = widths;
    this.schemes = schemes;
  }

  /** Writes to `FOLDER/LANGUAGE/WIDTH-SCHEME/NAME.png`. */
  async take(page: Page, language: Language, name: string): Promise<void> {
    for (const width of this.widths) {
      await page.setViewportSize({ width, height: HEIGHTS[width] });
      for (const scheme of this.schemes) {
        await page.emulateMedia({ colorScheme: scheme });
        await page.evaluate(ANIMATIONS_DONE);
        const folder = join(this.folder, language, `${width}-${scheme}`);
        await mkdir(folder, { recursive: true });
        await page.screenshot({ path: join(folder, `${name}.png`), caret: 'initial' });
        this.taken += 1;
      }
      const over = await overflow(page);
      if (over > 0) this.faults.push(`${name} in ${language} scrolls sideways at ${width} px, by ${over} px`);
    }
  }
}
