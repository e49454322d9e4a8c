import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { overflow } from '../support/accessibility.ts';
import { soon } from '../support/soon.ts';
import { saying } from '../support/webhook-agent.ts';
import { WidgetFixture } from './widget-fixture.ts';

let fixture: WidgetFixture;
beforeAll(async () => {
  fixture = await WidgetFixture.open();
});
afterEach(() => fixture.clear());
afterAll(() => fixture.close());

const HOSTILE = {
  longWord: 'W'.repeat(10_000),
  longText: 'many words '.repeat(909),
  html: '<img src=x onerror="alert(1)"><script>alert(2)</script><b>bold</b>&amp;',
  rightToLeft: 'مرحبا، أين طلبي رقم 123؟',
  override: '\u202Ereversed\u202C and back',
  emoji: '👩‍👩‍👧‍👦🏳️‍🌈'.repeat(200),
  combining: 'Z\u0351\u036B\u0343\u032A\u0302'.repeat(300),
  lines: 'one\n'.repeat(200),
  code: "${1+1} {{7*7}} '; drop table messages; --",
};

test('hostile texts from either side are shown as text, letter by letter, and break nothing', async () => {
  const shop = await fixture.shop(({ waiting }) => saying(waiting.at(-1)?.text ?? ''));
  for (const width of [390, 1_280]) {
    const visitor = await fixture.visit(fixture.page(shop), { viewport: { width, height: 844 } });
    visitor.page.on('dialog', (dialog) => visitor.errors.push(`a dialog: ${dialog.message()}`));
    await visitor.opens();
    await visitor.name.fill('W'.repeat(200));
    let count = 0;
    for (const text of Object.values(HOSTILE)) {
      await visitor.writes(text);
      count += 2;
      await soon(() => visitor.log.locator('.bubble').count()).toBe(count);
    }
    const texts = await visitor.texts();
    expect(texts.filter((_, index) => index % 2 === 0)).toEqual(Object.values(HOSTILE));
    // The agent's answer keeps its own spelling and its whole text.
    expect(texts[1]).toBe(HOSTILE.longWord);
    expect(texts[5]).toBe(HOSTILE.html);
    expect(await visitor.log.locator('img, script, b').count()).toBe(0);
    expect(await overflow(visitor.page)).toBe(0);
    const log = 'root.querySelector("[role=log]")';
    expect(await visitor.inside(`${log}.scrollWidth - ${log}.clientWidth`)).toBe(0);
    expect(
      await visitor.inside(
        `[...root.querySelectorAll('.bubble')].filter((bubble) => bubble.matches(':dir(rtl)')).length`,
      ),
    ).toBe(2);
    await visitor.log.getByText('مرحبا').first().scrollIntoViewIfNeeded();
    await fixture.picture(visitor.page, `hostile-${width}`);
  }
});

test('what is too long for one message is kept in the field, and says by how much', async () => {
  const shop = await fixture.shop(() => ({ silence: true }));
  const visitor = await fixture.visit(fixture.page(shop));
  await visitor.opens();
  // Code points count, as on the server: these are 20 002 code units.
  await visitor.field.fill('😀'.repeat(10_001));
  await visitor.panel.getByText('Too long by 1 character').waitFor();
  await visitor.field.press('Enter');
  expect(await visitor.texts()).toEqual([]);
  await visitor.field.press('Backspace');
  await visitor.panel.getByText('0 characters left').waitFor();
  await visitor.field.press('Enter');
  await soon(() => visitor.conversationId).not.toBe('');
  await soon(() => visitor.log.getByText('Waiting to be sent').count()).toBe(0);
  expect(await visitor.texts()).toEqual(['😀'.repeat(10_000)]);
});

test('a page with unruly styles changes nothing inside', async () => {
  const shop = await fixture.shop(() => ({ silence: true }));
  const [calm, unruly] = [
    await fixture.visit(fixture.page(shop)),
    await fixture.visit(fixture.page(shop, { unruly: true })),
  ];
  const looks = async (visitor: typeof calm) => {
    await visitor.opens();
    return visitor.inside<string[]>(`[...root.querySelectorAll('*')].map((part) => {
      const { color, backgroundColor, fontFamily, fontSize, letterSpacing, display } = getComputedStyle(part);
      return [part.tagName, color, backgroundColor, fontFamily, fontSize, letterSpacing, display].join(' ');
    })`);
  };
  const expected = await looks(calm);
  expect(expected.length).toBeGreaterThan(20);
  expect(await looks(unruly)).toEqual(expected);
  await fixture.picture(unruly.page, 'unruly');
});
