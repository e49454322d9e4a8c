import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { barriers } from '../support/accessibility.ts';
import { soon } from '../support/soon.ts';
import { saying } from '../support/webhook-agent.ts';
import { InboxFixture } from './inbox-fixture.ts';

let fixture: InboxFixture;
beforeAll(async () => {
  fixture = await InboxFixture.start('Ada', 'Ben');
});
afterEach(() => fixture.clear());
afterAll(() => fixture.close());

const focused = (page: Page): Promise<string | null> =>
  page.evaluate<string | null>("document.activeElement?.getAttribute('aria-label') ?? null");

const focusedHeading = (page: Page): Promise<string | null> =>
  page.evaluate<string | null>("document.activeElement?.matches('h1') ? document.activeElement.textContent : null");

test('a whole conversation without a mouse: open, take over, reply, note, hand back, assign, snooze, close, undo', async () => {
  const { desk: ada } = await fixture.deskWith('Ada', ['Kim', 'Lou']);
  const { keyboard } = ada.page;

  await keyboard.press('j');
  await ada.title.getByText('Lou').waitFor();
  await keyboard.press('j');
  await ada.title.getByText('Kim').waitFor();
  await keyboard.press('k');
  await ada.title.getByText('Lou').waitFor();
  await ada.thread.locator('[data-seq]').first().waitFor();

  await keyboard.press('t');
  await soon(() => ada.state()).toBe('Agent off');
  await soon(() => focused(ada.page)).toBe('Reply to Lou');
  await keyboard.type('jkt is how I reply, not where I go');
  await keyboard.press('Enter');
  await ada.message('jkt is how I reply').waitFor();
  await keyboard.press('Escape');
  await keyboard.press('n');
  await soon(() => focused(ada.page)).toBe('Note for your team');
  await keyboard.type('Paid twice');
  await keyboard.press('Enter');
  await ada.message('Paid twice').waitFor();
  await keyboard.press('Escape');
  await soon(() => focused(ada.page)).toBe('Messages');
  await keyboard.press('r');
  await soon(() => focused(ada.page)).toBe('Reply to Lou');
  await keyboard.press('Escape');

  await keyboard.press('h');
  await ada.dialog('Hand back').waitFor();
  await keyboard.type('Offer the refund');
  await keyboard.press('Enter');
  await soon(() => ada.state()).toBe('Agent active');

  await keyboard.press('j');
  await ada.title.getByText('Kim').waitFor();
  await keyboard.press('a');
  await ada.toasts.getByText('Assigned Kim to you').waitFor();
  await keyboard.press('u');
  await ada.toasts.getByText('Undone').waitFor();
  await soon(() => ada.page.getByRole('combobox', { name: 'Assigned to' }).last().inputValue()).toBe('');

  await keyboard.press('z');
  await ada.dialog('Snooze conversation').waitFor();
  await keyboard.press('Enter');
  await ada.toasts.getByText(/^Snoozed Kim until/).waitFor();
  await ada.row('Kim').waitFor({ state: 'detached' });
  await keyboard.press('u');
  await ada.row('Kim').waitFor();

  await keyboard.press('e');
  await ada.row('Kim').waitFor({ state: 'detached' });
  await ada.toasts.getByText('Resolved Kim').waitFor();
  await keyboard.press('Shift+E');
  await ada.row('Kim').waitFor();

  await keyboard.press('/');
  await soon(() => focused(ada.page)).toBe('Search conversations');
  await keyboard.type('Lou');
  await ada.row('Kim').waitFor({ state: 'detached' });
});

test('explains an impossible action by key, in the palette and in the menu', async () => {
  const { desk: ada } = await fixture.deskWith('Ada', ['Mia']);
  const why = 'The agent already handles it';
  await ada.page.keyboard.press('e');
  await ada.toasts.getByText('Resolve: Open a conversation first').waitFor();
  await ada.open('Mia');
  await ada.page.keyboard.press('h');
  await ada.toasts.getByText(why).waitFor();

  await ada.page.keyboard.press('Control+k');
  const option = ada.dialog('Actions').getByRole('option', { name: 'Hand back' });
  await option.getByText(why).waitFor();
  expect(await option.getAttribute('aria-disabled')).toBe('true');
  await ada.page.keyboard.type('hand');
  await ada.page.keyboard.press('Enter');
  expect(await ada.dialog('Actions').isVisible()).toBe(true);
  await ada.page.keyboard.press('Escape');

  await ada.page.getByRole('button', { name: 'All actions' }).press('Enter');
  await ada.page.getByRole('menuitem', { name: 'Hand back' }).getByText(why).waitFor();
  await ada.page.keyboard.press('ArrowDown');
  await ada.page.keyboard.press('ArrowDown');
  await ada.page.keyboard.press('Enter');
  await soon(() => ada.state()).toBe('Agent off');
});

test('the palette opens from within a field, does what is chosen, and gives the focus back', async () => {
  const { desk: ada } = await fixture.deskWith('Ada', ['Noa', 'Ola']);
  await ada.open('Noa');
  await ada.reply.pressSequentially('Half a sentence');
  await ada.page.keyboard.press('Control+k');
  await ada.dialog('Actions').waitFor();
  await ada.page.keyboard.press('Escape');
  await soon(() => focused(ada.page)).toBe('Reply to Noa');
  expect(await ada.reply.inputValue()).toBe('Half a sentence');

  await ada.dialog('Actions').waitFor({ state: 'detached' });
  await ada.page.keyboard.press('Control+k');
  await ada.dialog('Actions').waitFor();
  await ada.page.keyboard.type('ola');
  await ada.page.keyboard.press('Enter');
  await ada.title.getByText('Ola').waitFor();
});

test('focuses the heading of a page opened from the palette or the rail', async () => {
  const { desk: ada } = await fixture.deskWith('Ada', ['Ros']);
  const { keyboard } = ada.page;
  await keyboard.press('Control+k');
  await keyboard.type('go to knowledge');
  await keyboard.press('Enter');
  await soon(() => focusedHeading(ada.page)).toBe('Knowledge');
  await ada.page.getByRole('link', { name: 'Inbox' }).press('Enter');
  await soon(() => focusedHeading(ada.page)).toBe('Inbox');
  await keyboard.press('Tab');
  await soon(() => ada.list.locator(':focus').count()).toBe(1);

  await ada.row('Ros').press('Enter');
  await ada.thread.locator('[data-seq]').first().waitFor();
  await ada.row('Ros').and(ada.page.locator(':focus')).waitFor();
  await ada.page.getByRole('link', { name: 'Settings' }).click();
  await soon(() => focusedHeading(ada.page)).toBe('Agents');
  expect(await ada.page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('none');
});

test('Escape empties the search, then leads back to where one came from', async () => {
  const { desk: ada } = await fixture.deskWith('Ada', ['Tim', 'Ulf']);
  const { keyboard } = ada.page;
  const search = ada.page.getByRole('searchbox', { name: 'Search conversations' });
  await ada.row('Ulf').press('Enter');
  await keyboard.press('/');
  await keyboard.type('Ulf');
  await ada.row('Tim').waitFor({ state: 'detached' });
  await keyboard.press('Escape');
  await ada.row('Tim').waitFor();
  expect(await search.inputValue()).toBe('');
  await soon(() => focused(ada.page)).toBe('Search conversations');
  await keyboard.press('Escape');
  await ada.row('Ulf').and(ada.page.locator(':focus')).waitFor();

  await ada.row('Ulf').blur();
  await search.press('Escape');
  await ada.row('Ulf').and(ada.page.locator(':focus')).waitFor();
});

test('where a button goes away with what it did, the focus stays near', async () => {
  const { desk: ada } = await fixture.deskWith('Ada', ['Vera']);
  const { keyboard } = ada.page;
  await ada.row('Vera').press('Enter');
  await ada.page.getByRole('button', { name: 'Take over' }).press('Enter');
  await soon(() => ada.state()).toBe('Agent off');
  await ada.page.getByRole('button', { name: 'Hand back' }).press('Enter');
  await ada.dialog('Hand back').waitFor();
  await keyboard.press('Enter');
  await soon(() => ada.state()).toBe('Agent active');
  await ada.page.getByRole('button', { name: 'Hand back' }).waitFor({ state: 'detached' });
  await soon(() => focused(ada.page)).toBe('Messages');

  const again = await fixture.desk('Ada', { path: '/inbox?status=any' });
  await again.page.getByRole('button', { name: 'Remove filter Any status' }).press('Enter');
  await soon(() => new URL(again.page.url()).search).toBe('');
  await soon(() => focused(again.page)).toBe('Filters');

  const empty = await fixture.desk('Ada', { path: '/inbox?q=nobody-said-this' });
  await empty.page.getByRole('button', { name: 'Clear filters' }).press('Enter');
  await soon(() => new URL(empty.page.url()).search).toBe('');
  await soon(() => focused(empty.page)).toBe('Filters');
  await soon(() => empty.page.getByRole('searchbox').inputValue()).toBe('');
});

test('keys can be changed and switched off, for this browser', async () => {
  const { desk: ada } = await fixture.deskWith('Ada', ['Pia']);
  const { keyboard } = ada.page;
  await keyboard.press('?');
  const help = ada.dialog('Keyboard shortcuts');
  await help.getByRole('button', { name: 'Next conversation: change shortcut j' }).press('Enter');
  await keyboard.press('e');
  await help.getByText('e was taken from “Resolve”.').waitFor();
  await keyboard.press('Escape');
  await help.waitFor({ state: 'detached' });
  await keyboard.press('e');
  await ada.title.getByText('Pia').waitFor();

  const again = await fixture.desk('Ada');
  await again.row('Pia').waitFor();
  await again.page.keyboard.press('e');
  await again.title.getByText('Pia').waitFor();
  await again.page.keyboard.press('?');
  const sheet = again.dialog('Keyboard shortcuts');
  await sheet.getByRole('checkbox', { name: 'Single-key shortcuts' }).uncheck();
  await again.page.keyboard.press('Escape');
  await again.page.keyboard.press('t');
  await again.page.keyboard.press('Control+k');
  await again.dialog('Actions').waitFor();
  expect(await again.state()).toBe('Agent active');
  await again.page.keyboard.type('keyboard');
  await again.page.keyboard.press('Enter');
  await sheet.getByRole('button', { name: 'Reset shortcuts' }).click();
});

test('[HOLD-15] snoozed until the customer replies: away, held as before, and back with the next message', async () => {
  const shop = await fixture.shop(() => saying('Hello.'), { humanPriorityWindowSeconds: 600 });
  const ada = await fixture.desk('Ada');
  const rui = await fixture.visitor(shop, 'Rui');
  await rui.says('I will check and come back');
  await ada.row('Rui').getByText('Hello.').waitFor();
  await ada.open('Rui');
  await ada.page.keyboard.press('z');
  await ada.dialog('Snooze conversation').getByRole('button', { name: 'Until the customer replies' }).press('Enter');
  await ada.toasts.getByText('Snoozed until Rui replies').waitFor();
  await ada.row('Rui').waitFor({ state: 'detached' });
  expect(await ada.state()).toBe('Agent active');
  await rui.says('Here I am again');
  await ada.row('Rui').waitFor();
});

test('passes axe in palette, help, snooze, menu and toasts, light and dark', async () => {
  const { desk: ada } = await fixture.deskWith('Ada', ['Sol']);
  await ada.open('Sol');
  const { page } = ada;
  const look = async (what: string): Promise<void> => {
    expect(await barriers(page), what).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await barriers(page, { onlyColours: true }), `${what} in the dark`).toEqual([]);
    await page.emulateMedia({ colorScheme: 'light' });
  };
  for (const [key, name] of [
    ['Control+k', 'Actions'],
    ['?', 'Keyboard shortcuts'],
    ['z', 'Snooze conversation'],
  ] as const) {
    await page.keyboard.press(key);
    await ada.dialog(name).waitFor();
    await look(name);
    await page.keyboard.press('Escape');
    await ada.dialog(name).waitFor({ state: 'detached' });
  }
  await page.getByRole('button', { name: 'All actions' }).click();
  await page.getByRole('menu').waitFor();
  await look('menu');
  await page.keyboard.press('Escape');
  await page.keyboard.press('a');
  await ada.toasts.getByRole('button', { name: 'Undo' }).waitFor();
  await look('toast');
});

test('the language is the browser’s until one is chosen, and the page says which it is', async () => {
  const context = await fixture.browser.newContext({ baseURL: fixture.product.url, locale: 'es-MX' });
  const page = await context.newPage();
  await page.goto('/sign-in');
  await page.getByRole('button', { name: 'Iniciar sesión' }).waitFor();
  await soon(() => page.locator('html').getAttribute('lang')).toBe('es');
  await soon(() => page.locator('html').getAttribute('dir')).toBe('ltr');
  await context.addCookies(await fixture.contextOf('Ben').cookies());
  await page.goto('/inbox');
  await page.getByRole('heading', { name: 'Bandeja' }).waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('combobox', { name: 'Idioma' }).selectOption('English');
  await page.getByRole('heading', { name: 'Inbox' }).waitFor();
  await page.goto('/settings/agents');
  await page.getByRole('heading', { name: 'Agents', level: 1 }).waitFor();
  await soon(() => page.locator('html').getAttribute('lang')).toBe('en');
  await context.close();
});
