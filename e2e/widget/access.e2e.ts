import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { barriers, overflow } from '../support/accessibility.ts';
import { soon } from '../support/soon.ts';
import { saying } from '../support/webhook-agent.ts';
import { PHONE } from '../support/windows.ts';
import { Street } from './street.ts';

let street: Street;
beforeAll(async () => {
  street = await Street.open();
});
afterEach(() => street.clear());
afterAll(() => street.close());

/** Light and dark, with a picture of each. */
async function expectNoBarrier(page: Page, name: string): Promise<void> {
  await street.picture(page, name);
  expect(await barriers(page), name).toEqual([]);
  expect(await overflow(page), `${name} scrolls sideways`).toBe(0);
  await page.emulateMedia({ colorScheme: 'dark' });
  await street.picture(page, `${name}-dark`);
  expect(await barriers(page, { onlyColours: true }), `${name} in the dark`).toEqual([]);
  await page.emulateMedia({ colorScheme: 'light' });
}

test('axe finds no barrier in any state of the widget, large and small, light and dark', async () => {
  for (const viewport of [{ width: 1_280, height: 800 }, PHONE]) {
    const at = `at-${viewport.width}`;
    const shop = await street.shop(({ waiting }) => saying(`You asked: ${waiting[0]?.text}`));
    const guest = await street.guest(street.page(shop), { viewport });
    await expectNoBarrier(guest.page, `closed-${at}`);
    await guest.opens();
    await expectNoBarrier(guest.page, `open-${at}`);
    await guest.writes('When do you open?');
    await soon(() => guest.texts()).toHaveLength(2);
    await expectNoBarrier(guest.page, `talking-${at}`);
    await guest.page.context().setOffline(true);
    await guest.panel.getByText('No connection.').waitFor();
    await guest.writes('Hello?');
    await expectNoBarrier(guest.page, `offline-${at}`);
    await guest.page.context().setOffline(false);
    await soon(() => guest.texts()).toHaveLength(4);
    await street.stage.owner.call('DELETE', `/channels/${shop.channelId}`);
    await guest.panel.getByRole('alert').getByText('This chat has ended.').waitFor();
    await expectNoBarrier(guest.page, `ended-${at}`);
  }
});

test('everything works by keyboard: in, write, read, out', async () => {
  const shop = await street.shop(() => saying('Yes.'));
  const guest = await street.guest(street.page(shop));
  await guest.page.keyboard.press('Tab');
  await guest.page.keyboard.press('Tab');
  expect(await guest.focused()).toBe('button Open chat');
  await guest.page.keyboard.press('Enter');
  await soon(() => guest.focused()).toBe('textarea Write a message');
  await guest.page.keyboard.type('Are you there?');
  await guest.page.keyboard.press('Shift+Enter');
  await guest.page.keyboard.type('Hello?');
  await guest.page.keyboard.press('Enter');
  await soon(() => guest.texts()).toEqual(['Are you there?\nHello?', 'Yes.']);
  expect(await guest.focused()).toBe('textarea Write a message');
  await guest.page.keyboard.press('Shift+Tab');
  expect(await guest.focused()).toBe('div Messages');
  await guest.page.keyboard.press('Escape');
  await soon(() => guest.panel.isVisible()).toBe(false);
  await soon(() => guest.focused()).toBe('button Open chat');
});

test('on a phone the chat covers the page, and the keyboard stays in it', async () => {
  const shop = await street.shop(() => ({ silence: true }));
  const guest = await street.guest(street.page(shop), { viewport: PHONE, hasTouch: true, isMobile: true });
  await guest.launcher.tap();
  await guest.panel.waitFor();
  // Its place, when it has come in.
  await soon(() => guest.panel.boundingBox()).toEqual({ x: 0, y: 0, ...PHONE });
  expect(await guest.panel.getAttribute('aria-modal')).toBe('true');
  await soon(() => guest.launcher.isVisible()).toBe(false);
  await guest.field.fill('a');
  const seen: string[] = [];
  for (let tab = 0; tab < 6; tab += 1) {
    await guest.page.keyboard.press('Tab');
    seen.push(await guest.focused());
  }
  expect(new Set(seen)).toEqual(
    new Set([
      'button Send',
      'button Close chat',
      'div Messages',
      'input Your name (optional)',
      'textarea Write a message',
    ]),
  );
  await guest.panel.getByRole('button', { name: 'Close chat' }).tap();
  await soon(() => guest.launcher.isVisible()).toBe(true);
  await soon(() => guest.focused()).toBe('button Open chat');
});

test('it speaks the language of the page, and keeps still where less motion is asked for', async () => {
  const shop = await street.shop(() => saying('Sí.'));
  const guest = await street.guest(street.page(shop, { lang: 'es-MX' }), { reducedMotion: 'reduce' });
  expect(await guest.launcher.getAttribute('aria-label')).toBe('Abrir el chat');
  await guest.opens();
  expect(await guest.inside('getComputedStyle(root.querySelector(".panel")).animationName')).toBe('none');
  await guest.writes('¿Están abiertos?');
  await soon(() => guest.speakers()).toEqual(['Tú', 'Robin Agente de IA']);
  await street.picture(guest.page, 'spanish');
});

test('the hosted page is the same chat: history over reloads, the visitor’s language, no barrier', async () => {
  const shop = await street.shop(() => saying('Claro.'));
  const context = await street.stage.browser.newContext({
    baseURL: street.stage.product.url,
    locale: 'es-ES',
    viewport: PHONE,
  });
  const page = await context.newPage();
  await page.goto(`/chat/${shop.channelId}`);
  await soon(() => page.title()).toBe('Chatea con nosotros');
  await page.getByRole('textbox', { name: 'Escribe un mensaje' }).fill('¿Me ayudan?');
  await page.keyboard.press('Enter');
  const texts = () => page.locator('.bubble').allTextContents();
  await soon(texts).toEqual(['¿Me ayudan?', 'Claro.']);
  await page.reload();
  await soon(texts).toEqual(['¿Me ayudan?', 'Claro.']);
  await expectNoBarrier(page, 'hosted-390');
  await page.setViewportSize({ width: 1_440, height: 900 });
  await expectNoBarrier(page, 'hosted-1440');
  await context.close();
});
