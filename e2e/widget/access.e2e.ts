import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { barriers, overflow } from '../support/accessibility.ts';
import { soon } from '../support/soon.ts';
import { saying } from '../support/webhook-agent.ts';
import { PHONE } from '../support/windows.ts';
import { WidgetFixture } from './widget-fixture.ts';

let fixture: WidgetFixture;
beforeAll(async () => {
  fixture = await WidgetFixture.open();
});
afterEach(() => fixture.clear());
afterAll(() => fixture.close());

/** Light and dark, with a picture of each. */
async function expectNoBarrier(page: Page, name: string): Promise<void> {
  await fixture.picture(page, name);
  expect(await barriers(page), name).toEqual([]);
  expect(await overflow(page), `${name} scrolls sideways`).toBe(0);
  await page.emulateMedia({ colorScheme: 'dark' });
  await fixture.picture(page, `${name}-dark`);
  expect(await barriers(page, { onlyColours: true }), `${name} in the dark`).toEqual([]);
  await page.emulateMedia({ colorScheme: 'light' });
}

test('axe finds no barrier in any state of the widget, large and small, light and dark', async () => {
  for (const viewport of [{ width: 1_280, height: 800 }, PHONE]) {
    const at = `at-${viewport.width}`;
    const shop = await fixture.shop(({ waiting }) => saying(`You asked: ${waiting[0]?.text}`));
    const visitor = await fixture.visit(fixture.page(shop), { viewport });
    await expectNoBarrier(visitor.page, `closed-${at}`);
    await visitor.opens();
    await expectNoBarrier(visitor.page, `open-${at}`);
    await visitor.writes('When do you open?');
    await soon(() => visitor.texts()).toHaveLength(2);
    await expectNoBarrier(visitor.page, `talking-${at}`);
    await visitor.page.context().setOffline(true);
    await visitor.panel.getByText('No connection.').waitFor();
    await visitor.writes('Hello?');
    await expectNoBarrier(visitor.page, `offline-${at}`);
    await visitor.page.context().setOffline(false);
    await soon(() => visitor.texts()).toHaveLength(4);
    await fixture.inbox.owner.call('DELETE', `/channels/${shop.channelId}`);
    await visitor.panel.getByRole('alert').getByText('This chat has ended.').waitFor();
    await expectNoBarrier(visitor.page, `ended-${at}`);
  }
});

test('everything works by keyboard: in, write, read, out', async () => {
  const shop = await fixture.shop(() => saying('Yes.'));
  const visitor = await fixture.visit(fixture.page(shop));
  await visitor.page.keyboard.press('Tab');
  await visitor.page.keyboard.press('Tab');
  expect(await visitor.focused()).toBe('button Open chat');
  await visitor.page.keyboard.press('Enter');
  await soon(() => visitor.focused()).toBe('textarea Write a message');
  await visitor.page.keyboard.type('Are you there?');
  await visitor.page.keyboard.press('Shift+Enter');
  await visitor.page.keyboard.type('Hello?');
  await visitor.page.keyboard.press('Enter');
  await soon(() => visitor.texts()).toEqual(['Are you there?\nHello?', 'Yes.']);
  expect(await visitor.focused()).toBe('textarea Write a message');
  await visitor.page.keyboard.press('Shift+Tab');
  expect(await visitor.focused()).toBe('div Messages');
  await visitor.page.keyboard.press('Escape');
  await soon(() => visitor.panel.isVisible()).toBe(false);
  await soon(() => visitor.focused()).toBe('button Open chat');
});

test('on a phone the chat covers the page, and the keyboard stays in it', async () => {
  const shop = await fixture.shop(() => ({ silence: true }));
  const visitor = await fixture.visit(fixture.page(shop), { viewport: PHONE, hasTouch: true, isMobile: true });
  await visitor.launcher.tap();
  await visitor.panel.waitFor();
  // Its place, when it has come in.
  await soon(() => visitor.panel.boundingBox()).toEqual({ x: 0, y: 0, ...PHONE });
  expect(await visitor.panel.getAttribute('aria-modal')).toBe('true');
  await soon(() => visitor.launcher.isVisible()).toBe(false);
  await visitor.field.fill('a');
  const seen: string[] = [];
  for (let tab = 0; tab < 6; tab += 1) {
    await visitor.page.keyboard.press('Tab');
    seen.push(await visitor.focused());
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
  await visitor.panel.getByRole('button', { name: 'Close chat' }).tap();
  await soon(() => visitor.launcher.isVisible()).toBe(true);
  await soon(() => visitor.focused()).toBe('button Open chat');
});

test('it speaks the language of the page, and keeps still where less motion is asked for', async () => {
  const shop = await fixture.shop(() => saying('Sí.'));
  const visitor = await fixture.visit(fixture.page(shop, { lang: 'es-MX' }), { reducedMotion: 'reduce' });
  expect(await visitor.launcher.getAttribute('aria-label')).toBe('Abrir el chat');
  await visitor.opens();
  expect(await visitor.inside('getComputedStyle(root.querySelector(".panel")).animationName')).toBe('none');
  await visitor.writes('¿Están abiertos?');
  await soon(() => visitor.speakers()).toEqual(['Tú', 'Robin Agente de IA']);
  await fixture.picture(visitor.page, 'spanish');
});

test('the hosted page is the same chat: history over reloads, the visitor’s language, no barrier', async () => {
  const shop = await fixture.shop(() => saying('Claro.'));
  const context = await fixture.inbox.browser.newContext({
    baseURL: fixture.inbox.product.url,
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
