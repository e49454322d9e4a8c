import axe from 'axe-core';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright';
import { expect } from 'vitest';
import { DESKTOP, PHONE, TABLET } from './windows.ts';

/** Below this nobody is kept from anything. */
const MINOR = 'minor';

/** An element that fades in has its final colours only at the end. Endless animations are not waited for. */
const AT_REST = `Promise.all(
  document.getAnimations()
    .filter((animation) => animation.effect?.getComputedTiming().endTime !== Infinity)
    .map((animation) => animation.finished.catch(() => undefined)),
).then(() => undefined)`;

export async function atRest(page: Page): Promise<void> {
  await page.evaluate(AT_REST);
}

/** Axe's findings on the current page: rule, impact and element. In the dark only colours look different. */
export async function barriers(page: Page, { onlyColours = false } = {}): Promise<string[]> {
  await atRest(page);
  await page.evaluate(axe.source);
  const options = { resultTypes: ['violations'], ...(onlyColours ? { runOnly: ['color-contrast'] } : {}) };
  const results = await page.evaluate<AxeResults>(`axe.run(document, ${JSON.stringify(options)})`);
  return results.violations
    .filter(({ impact }) => impact !== MINOR)
    .flatMap(({ id, impact, nodes }) =>
      nodes.map(({ target, html }) => `${impact} ${id}: ${target.join(' ')} ${html}`),
    );
}

/** How much wider than its window the page is, in CSS pixels: more than 0 is sideways scrolling. */
export async function overflow(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}

/** The page as it stands is for everybody: large and small, light and dark. `what` names it in a failure. */
export async function expectNoBarrier(page: Page, what: string): Promise<void> {
  for (const size of [DESKTOP, TABLET, PHONE]) {
    await page.setViewportSize(size);
    expect(await barriers(page), `${what} at ${size.width} px`).toEqual([]);
    expect(await overflow(page), `${what} at ${size.width} px scrolls sideways`).toBe(0);
  }
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await barriers(page, { onlyColours: true }), `${what} in the dark`).toEqual([]);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(DESKTOP);
}
