import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { barriers, overflow } from '../support/accessibility.ts';
import { soon } from '../support/soon.ts';
import { saying } from '../support/webhook-agent.ts';
import { PHONE } from '../support/windows.ts';
import { WidgetFixture } from './widget-fixture.ts';

let fixture: WidgetFixture;
beforeAll(async () => {
  fixture = await WidgetFixture.open('Ada');
});
afterEach(() => fixture.clear());
afterAll(() => fixture.close());

test('[SEE-4] names agent and person in a chat on a foreign page with a strict policy', async () => {
  const answer = Promise.withResolvers<unknown>();
  const shop = await fixture.shop(() => answer.promise, { humanPriorityWindowSeconds: 30 });
  const ada = await fixture.inbox.desk('Ada');
  const nia = await fixture.visit(fixture.page(shop));
  expect(await nia.launcher.getAttribute('aria-label')).toBe('Open chat');

  await nia.opens();
  await nia.name.fill('Nia');
  await nia.writes('Where is my parcel?');
  await soon(() => nia.texts()).toEqual(['Where is my parcel?']);
  await nia.panel.getByText('Robin is typing…').waitFor();
  answer.resolve(saying('It comes tomorrow.'));
  await soon(() => nia.texts()).toEqual(['Where is my parcel?', 'It comes tomorrow.']);
  await soon(() => nia.announced()).toBe('Robin: It comes tomorrow.');
  await soon(() => nia.name.isVisible()).toBe(false);

  await ada.open('Nia');
  await ada.reply.press('H');
  await nia.panel.getByText('Ada is typing…').waitFor();
  await ada.sends('ere is Ada, too.');
  await soon(() => nia.texts()).toContain('Here is Ada, too.');
  await soon(() => nia.speakers()).toEqual(['You', 'Robin AI agent', 'Ada']);
  await fixture.picture(nia.page, 'conversation');
});

test('the team sees the customer type, and stop', async () => {
  const shop = await fixture.shop(() => ({ silence: true }));
  const ada = await fixture.inbox.desk('Ada');
  const ivo = await fixture.visit(fixture.page(shop));
  await ivo.opens();
  await ivo.name.fill('Ivo');
  await ivo.writes('Hello');
  await ada.open('Ivo');
  await ivo.field.press('W');
  await soon(() => ada.presence()).toContain('Ivo is typing');
  await ivo.field.press('Backspace');
  await soon(() => ada.presence()).not.toContain('is typing');
});

test('history and what is unread outlive a reload; the panel stays as it was', async () => {
  const shop = await fixture.shop(({ waiting }) => saying(`An answer to ${waiting[0]?.text}`));
  const pia = await fixture.visit(fixture.page(shop));
  await pia.opens();
  await pia.name.fill('Pia');
  await pia.writes('one');
  await soon(() => pia.texts()).toEqual(['one', 'An answer to one']);
  await soon(() => pia.conversationId).not.toBe('');

  await pia.page.reload();
  await pia.panel.waitFor();
  await soon(() => pia.texts()).toEqual(['one', 'An answer to one']);
  expect(await pia.announced()).toBe('');

  await pia.panel.getByRole('button', { name: 'Close chat' }).click();
  for (const text of ['First.', 'Second.']) {
    await fixture.inbox.owner.send(pia.conversationId, text, { clientMessageId: text, force: true });
  }
  await soon(() => pia.launcher.getAttribute('aria-label')).toBe('Open chat, 2 unread messages');
  await fixture.picture(pia.page, 'unread');
  await pia.page.reload();
  await soon(() => pia.launcher.getAttribute('aria-label')).toBe('Open chat, 2 unread messages');
  expect(await pia.panel.isVisible()).toBe(false);

  await pia.opens();
  await soon(() => pia.texts()).toEqual(['one', 'An answer to one', 'First.', 'Second.']);
  await pia.page.keyboard.press('Escape');
  await soon(() => pia.launcher.getAttribute('aria-label')).toBe('Open chat');
  await pia.page.reload();
  await soon(() => pia.texts()).toHaveLength(4);
  expect(await pia.launcher.getAttribute('aria-label')).toBe('Open chat');
});

test('tabs of one browser are one customer, and read in one is read in all', async () => {
  const shop = await fixture.shop(() => ({ silence: true }));
  const ada = await fixture.inbox.desk('Ada');
  const address = fixture.page(shop);
  const zoe = await fixture.visit(address);
  const again = await fixture.visitIn(zoe.page.context(), address);
  await zoe.opens();
  await zoe.name.fill('Zoe');
  await zoe.writes('From the first tab');
  await again.opens();
  await soon(() => again.texts()).toEqual(['From the first tab']);
  await again.writes('From the second tab');
  await soon(() => zoe.texts()).toEqual(['From the first tab', 'From the second tab']);
  await again.page.keyboard.press('Escape');

  await ada.open('Zoe');
  await ada.sends('To both.');
  await soon(() => zoe.texts()).toContain('To both.');
  // The first tab is in the background, but it is open.
  await zoe.page.bringToFront();
  await soon(() => again.launcher.getAttribute('aria-label')).toBe('Open chat');
});

test('the snippet in the settings works as it is copied', async () => {
  const shop = await fixture.shop(() => saying('Welcome.'));
  const { page } = await fixture.inbox.desk('Owner', { path: '/settings/channels' });
  const card = page.getByRole('article').filter({ hasText: shop.channelId });
  await card.getByText('Setup steps').click();
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await card.getByRole('button', { name: 'Copy' }).click();
  await card.getByRole('button', { name: 'Copied' }).waitFor();
  const snippet = await page.evaluate<string>('navigator.clipboard.readText()');
  await soon(() => card.innerText()).toContain(`Works on: ${fixture.site.origin}`);
  await fixture.picture(page, 'settings');
  await page.setViewportSize(PHONE);
  await fixture.picture(page, 'settings-390');
  expect(await barriers(page)).toEqual([]);
  expect(await overflow(page)).toBe(0);

  const visitor = await fixture.visit(fixture.page(shop, { snippet }));
  await visitor.opens();
  await visitor.writes('Hello');
  await soon(() => visitor.texts()).toEqual(['Hello', 'Welcome.']);
});
