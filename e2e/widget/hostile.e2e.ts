import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { overflow } from '../support/accessibility.ts';
import { soon } from '../support/soon.ts';
import { saying } from '../support/webhook-agent.ts';
import { Street } from './street.ts';

let street: Street;
beforeAll(async () => {
  street = await Street.open();
});
afterEach(() => street.clear());
afterAll(() => street.close());

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
  const shop = await street.shop(({ waiting }) => saying(waiting.at(-1)?.text ?? ''));
  for (const width of [390, 1_280]) {
    const guest = await street.guest(street.page(shop), { viewport: { width, height: 844 } });
    guest.page.on('dialog', (dialog) => guest.errors.push(`a dialog: ${dialog.message()}`));
    await guest.opens();
    await guest.name.fill('W'.repeat(200));
    let count = 0;
    for (const text of Object.values(HOSTILE)) {
      await guest.writes(text);
      count += 2;
      await soon(() => guest.log.locator('.bubble').count()).toBe(count);
    }
    const texts = await guest.texts();
    expect(texts.filter((_, index) => index % 2 === 0)).toEqual(Object.values(HOSTILE));
    // What came back is the agent's own way to write it, and no less text.
    expect(texts[1]).toBe(HOSTILE.longWord);
    expect(texts[5]).toBe(HOSTILE.html);
    expect(await guest.log.locator('img, script, b').count()).toBe(0);
    expect(await overflow(guest.page)).toBe(0);
    const log = 'root.querySelector("[role=log]")';
    expect(await guest.inside(`${log}.scrollWidth - ${log}.clientWidth`)).toBe(0);
    expect(
      await guest.inside(
        `[...root.querySelectorAll('.bubble')].filter((bubble) => bubble.matches(':dir(rtl)')).length`,
      ),
    ).toBe(2);
    await guest.log.getByText('مرحبا').first().scrollIntoViewIfNeeded();
    await street.picture(guest.page, `hostile-${width}`);
  }
});

test('what is too long for one message is kept in the field, and says by how much', async () => {
  const shop = await street.shop(() => ({ silence: true }));
  const guest = await street.guest(street.page(shop));
  await guest.opens();
  // Code points count, as on the server: these are 20 002 code units.
  await guest.field.fill('😀'.repeat(10_001));
  await guest.panel.getByText('Too long by 1 character').waitFor();
  await guest.field.press('Enter');
  expect(await guest.texts()).toEqual([]);
  await guest.field.press('Backspace');
  await guest.panel.getByText('0 characters left').waitFor();
  await guest.field.press('Enter');
  await soon(() => guest.conversationId).not.toBe('');
  await soon(() => guest.log.getByText('Waiting to be sent').count()).toBe(0);
  expect(await guest.texts()).toEqual(['😀'.repeat(10_000)]);
});

test('a page with unruly styles changes nothing inside', async () => {
  const shop = await street.shop(() => ({ silence: true }));
  const [calm, unruly] = [
    await street.guest(street.page(shop)),
    await street.guest(street.page(shop, { unruly: true })),
  ];
  const looks = async (guest: typeof calm) => {
    await guest.opens();
    return guest.inside<string[]>(`[...root.querySelectorAll('*')].map((part) => {
      const { color, backgroundColor, fontFamily, fontSize, letterSpacing, display } = getComputedStyle(part);
      return [part.tagName, color, backgroundColor, fontFamily, fontSize, letterSpacing, display].join(' ');
    })`);
  };
  const expected = await looks(calm);
  expect(expected.length).toBeGreaterThan(20);
  expect(await looks(unruly)).toEqual(expected);
  await street.picture(unruly.page, 'unruly');
});
