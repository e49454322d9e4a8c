import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { Api } from '../support/api.ts';
import { atRest, barriers, overflow } from '../support/accessibility.ts';
import { soon } from '../support/soon.ts';
import { DESKTOP, PHONE } from '../support/windows.ts';
import { InboxFixture } from './inbox-fixture.ts';

const HTML = '<img src=x onerror="alert(1)"><script>alert(2)</script><b>bold</b>&amp;';

/** As a message and, cut to what a name may be, as a name. */
const HOSTILE: Record<string, string> = {
  longWord: 'W'.repeat(10_000),
  longText: 'many words '.repeat(909).trim(),
  html: HTML,
  rightToLeft: 'مرحبا، أين طلبي رقم 123؟',
  override: '\u202Ereversed\u202C and back',
  emoji: '👩‍👩‍👧‍👦🏳️‍🌈'.repeat(200),
  combining: 'Z\u0351\u036B\u0343\u032A\u0302'.repeat(300),
  zeroWidth: `in${'\u200B'.repeat(500)}visible\uFEFF\u2060`,
  lines: 'one\n'.repeat(200).trim(),
  url: `https://example.com/${'path/'.repeat(400)}?q=${'x'.repeat(2_000)}`,
  code: "${1+1} {{7*7}} '; drop table messages; --",
};
const MAX_NAME = 200;

let fixture: InboxFixture;
let ids: string[];
beforeAll(async () => {
  fixture = await InboxFixture.start('Ada');
  const shop = await fixture.shop(() => ({ silence: true }));
  const { channel, inboundSecret } = await fixture.owner.createChannel(shop.agent.id, 'http://127.0.0.1:9/');
  const inbound = new Api(fixture.product.url, inboundSecret);
  ids = [];
  for (const [kind, text] of Object.entries(HOSTILE)) {
    const received = await inbound.call<{ conversationId: string }>('POST', `/channels/${channel.id}/messages`, {
      externalId: kind,
      customer: { externalId: kind, name: text.replaceAll('\n', ' ').slice(0, MAX_NAME).toWellFormed() },
      text,
    });
    ids.push(received.conversationId);
  }
});
afterEach(() => fixture.clear());
afterAll(() => fixture.close());

/** Text that leaves its box at the side and is not cut there, by what stands in it. */
const SPILLED = `[...document.querySelectorAll('main *, nav *, [role=dialog] *')]
  .filter((element) => {
    const style = getComputedStyle(element);
    if (style.overflowX !== 'visible' || style.display === 'inline' || element.closest('.sr-only, svg, .svelte-flow')) return false;
    return element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1 &&
      !element.closest('[class*=truncate], [class*=line-clamp]');
  })
  .map((element) => element.tagName + '.' + element.className + ': ' + element.textContent.slice(0, 40))`;

async function expectWhole(page: Page, what: string): Promise<void> {
  await atRest(page);
  expect(await overflow(page), `${what} scrolls sideways`).toBe(0);
  expect(await page.evaluate(SPILLED), `${what} spills`).toEqual([]);
  expect(await page.locator('main :is(img, script, b)').count(), `${what} has elements of a text`).toBe(0);
}

test.each([
  ['large', DESKTOP],
  ['small', PHONE],
])(
  '[SEE-1] hostile names and texts break no page of the inbox, on a %s screen',
  { timeout: 600_000 },
  async (_size, viewport) => {
    const owner = await fixture.desk('Owner');
    const { page } = owner;
    const dialogs: string[] = [];
    page.on('dialog', (dialog) => (dialogs.push(dialog.message()), void dialog.dismiss()));
    await page.setViewportSize(viewport);
    await soon(() => owner.list.getByRole('link').count()).toBeGreaterThan(4);
    await expectWhole(page, 'the list');
    expect(await barriers(page)).toEqual([]);

    for (const [index, [kind, text]] of Object.entries(HOSTILE).entries()) {
      await page.goto(`/inbox/${ids[index]}`);
      owner.loads = 1;
      const bubble = owner.thread.locator('[data-seq="1"] p').first();
      await bubble.waitFor();
      expect((await bubble.textContent())?.trim(), kind).toBe(text.trim());
      await expectWhole(page, `the conversation of ${kind}`);
      // The title is the name, as text.
      await soon(() => page.title()).toContain(text.replaceAll('\n', ' ').slice(0, 20).trim());
      const isRightToLeft = await bubble.evaluate((element) => element.matches(':dir(rtl)'));
      expect(isRightToLeft, kind).toBe(kind === 'rightToLeft');
      if (kind === 'html' || kind === 'rightToLeft') expect(await barriers(page)).toEqual([]);
    }

    await page.goto('/supervise');
    owner.loads = 1;
    await soon(() => page.locator('[data-card]').count()).toBeGreaterThan(4);
    await expectWhole(page, 'the board');
    expect(await barriers(page)).toEqual([]);
    expect(dialogs).toEqual([]);
  },
);

test('hostile names in toasts and in the palette are text', async () => {
  const owner = await fixture.desk('Owner', { path: `/inbox/${ids[0]}` });
  const { page } = owner;
  await owner.thread.locator('[data-seq="1"]').waitFor();
  await page.keyboard.press('Escape');
  await owner.thread.focus();
  await page.keyboard.press('e');
  await page.getByRole('status').filter({ hasText: /\S/ }).first().waitFor();
  await expectWhole(page, 'the toast');
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').waitFor();
  await expectWhole(page, 'the palette');
});

test('a word of 10 000 letters does not keep the history from opening and closing', async () => {
  const owner = await fixture.desk('Owner', { path: `/inbox/${ids[0]}` });
  await owner.thread.locator('[data-seq="1"]').waitFor();
  const history = owner.button('History').first();
  await history.click();
  await owner.page.locator('[data-statechart-state]').first().waitFor();
  await history.click();
  await owner.page.locator('[data-statechart-state]').first().waitFor({ state: 'detached' });
});
