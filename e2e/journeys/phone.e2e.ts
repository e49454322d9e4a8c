import type { BrowserContext, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { atRest } from '../support/accessibility.ts';
import { Desk } from '../support/desk.ts';
import { soon } from '../support/soon.ts';
import { PHONE } from '../support/windows.ts';
import { InboxFixture } from './inbox-fixture.ts';

let fixture: InboxFixture;
let phone: BrowserContext;
beforeAll(async () => {
  fixture = await InboxFixture.start('Ada');
  const storageState = await fixture.contextOf('Owner').storageState();
  const { browser, product } = fixture;
  phone = await browser.newContext({
    baseURL: product.url,
    storageState,
    viewport: PHONE,
    hasTouch: true,
    isMobile: true,
  });
});
afterEach(() => fixture.clear());
afterAll(() => fixture.close());

/** Targets that are lower or narrower than 40 px. */
const SMALL = `[...document.querySelectorAll('.btn, .input, summary, [role=radio], [role=menuitem]')]
  .filter((element) => element.checkVisibility())
  .map((element) => [element.getBoundingClientRect(), element.getAttribute('aria-label') ?? element.textContent])
  .filter(([{ width, height }]) => width < 40 || height < 40)
  .map(([{ width, height }, name]) => name.trim() + ' ' + width + 'x' + height)`;

/** Elements that overflow their box. */
const SQUEEZED = `[...document.querySelectorAll('.btn svg')]
  .filter((picture) => picture.checkVisibility() && picture.getBoundingClientRect().width < 12)
  .map((picture) => picture.parentElement.textContent)`;

/** A phone zooms into these. */
const SMALL_LETTERS = `[...document.querySelectorAll('input, select, textarea')]
  .filter((element) => parseFloat(getComputedStyle(element).fontSize) < 16)
  .map((element) => element.outerHTML)`;

async function expectForFingers(page: Page): Promise<void> {
  await atRest(page);
  expect(await page.evaluate(SMALL)).toEqual([]);
  expect(await page.evaluate(SQUEEZED)).toEqual([]);
  expect(await page.evaluate(SMALL_LETTERS)).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
}

test('on a phone a finger hits what it means, and no field makes the page jump', async () => {
  const shop = await fixture.shop(() => ({ handoff: { reason: 'asked for a person' } }));
  await (await fixture.visitor(shop, 'Kim')).says('A person, please');
  const desk = new Desk(await phone.newPage());
  await desk.page.goto('/inbox');
  await desk.row('Kim').getByText('Needs a teammate').waitFor();
  await expectForFingers(desk.page);
  await desk.open('Kim');
  await desk.button('All actions').tap();
  await desk.page.getByRole('menu').waitFor();
  await expectForFingers(desk.page);
  for (const path of ['/supervise', '/settings/agents', '/settings/channels', '/settings/team', '/settings/profile']) {
    await desk.page.goto(path);
    await desk.page.locator('.btn, .input').first().waitFor();
    await expectForFingers(desk.page);
  }
  await desk.page.close();
});

/** How high the lines of the open conversation's header are: name and state, then controls. */
const LINES = `[...document.querySelector('section > header').children].map((line) => line.getBoundingClientRect().height)`;
/** Of a line of buttons, and of one below it for the state. */
const ONE_LINE = 40;
const AND_STATE = 24;

test('keeps the header’s controls on one line beside details and on phones', async () => {
  const shop = await fixture.shop(() => ({ handoff: { reason: 'asked for a person' } }));
  const visitor = await fixture.visitor(shop, 'Lou of the long and winding name, the third of that family');
  await visitor.says('A person, please');
  for (const [viewport, isMobile] of [
    [{ width: 1_280, height: 800 }, false],
    [PHONE, true],
  ] as const) {
    const storageState = await fixture.contextOf('Owner').storageState();
    const baseURL = fixture.product.url;
    const context = await fixture.browser.newContext({ baseURL, storageState, viewport, isMobile, locale: 'es-ES' });
    const page = await context.newPage();
    await page.goto(`/inbox/${visitor.conversationId}`);
    await page.getByRole('button', { name: 'Devolver' }).waitFor();
    await soon(async () => {
      const [name, controls] = await page.evaluate<number[]>(LINES);
      return [(name ?? 99) <= ONE_LINE + AND_STATE, (controls ?? 99) <= ONE_LINE];
    }).toEqual([true, true]);
    expect(await page.evaluate(`document.documentElement.scrollWidth - innerWidth`)).toBe(0);
    await context.close();
  }
});

test('on a phone the settings that are open are in sight among the others', async () => {
  const page = await phone.newPage();
  await page.goto('/settings/profile');
  const link = page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Profile' });
  await link.waitFor();
  await soon(async () => {
    const box = await link.boundingBox();
    return box !== null && box.x >= 0 && box.x + box.width <= PHONE.width;
  }).toBe(true);
  await page.close();
});

test('a link to a conversation that is not there leads back to the list, on a phone too', async () => {
  const page = await phone.newPage();
  await page.goto('/inbox/0193aaaa-0000-7000-8000-000000000000');
  await page.getByText('Conversation not found').waitFor();
  await page.getByRole('link', { name: 'Back to list' }).tap();
  await page.getByRole('region', { name: 'Conversations' }).waitFor();
  await soon(async () => new URL(page.url()).pathname).toBe('/inbox');
  await page.close();
});
