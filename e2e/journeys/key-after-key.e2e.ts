import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Desk } from '../support/desk.ts';
import { soon } from '../support/soon.ts';
import type { Visitor } from '../support/visitor.ts';
import { InboxFixture } from './inbox-fixture.ts';

/** Keys come faster than pages: nothing here waits for anything between one key and the next, on a slow computer. */
const SLOWER = 4;

let fixture: InboxFixture;
beforeAll(async () => {
  fixture = await InboxFixture.start('Ada', 'Ben');
});
afterEach(() => fixture.clear());
afterAll(() => fixture.close());

/** As `InboxFixture.deskWith`, on a slow computer. */
async function slowDeskWith(...names: string[]): Promise<{ ada: Desk; guests: Visitor[] }> {
  const { desk: ada, guests } = await fixture.deskWith('Ada', names);
  const tools = await ada.page.context().newCDPSession(ada.page);
  await tools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  return { ada, guests };
}

/** No script that is not there yet comes until the returned function is called. */
async function noMoreScripts(page: Page): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route('**/_app/**/*.js', async (route) => {
    await promise;
    await route.continue();
  });
  return resolve;
}

/** Answers to this come when the returned function is called. */
async function heldBack(page: Page, url: string): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route(url, async (route) => {
    await promise;
    await route.continue();
  });
  return resolve;
}

async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

/** Browsers paint, and take the focus from what is hidden, between tasks only: nothing of that can help here. */
async function withinOneTask(page: Page, ...keys: string[]): Promise<void> {
  await page.evaluate(`(async () => {
    for (const name of ${JSON.stringify(keys)}) {
      const parts = name.split('+');
      const init = { key: parts.at(-1), ctrlKey: parts.length > 1, bubbles: true, cancelable: true };
      (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', init));
      // What is changed within a key press is drawn in the microtasks after it.
      for (let turn = 0; turn < 20; turn += 1) await null;
    }
  })()`);
}

test('types into the palette right after Ctrl+K and leaves the reply below untouched', async () => {
  const { ada, guests } = await slowDeskWith('Noa', 'Ola');
  await ada.open('Noa');
  await ada.reply.fill('Half a sentence');
  await noMoreScripts(ada.page);
  await press(ada.page, 'Control+k', 'o', 'l', 'a', 'Enter');
  await ada.title.getByText('Ola').waitFor();
  await press(ada.page, 'Control+k', 'n', 'o', 'a', 'Enter');
  await ada.title.getByText('Noa').waitFor();
  await soon(() => ada.reply.inputValue()).toBe('Half a sentence');
  for (const guest of guests) expect(await guest.texts()).toHaveLength(2);
});

test('keys after ?, z and h are theirs, and after Escape the screen’s again, whatever is not loaded', async () => {
  const { ada } = await slowDeskWith('Pia');
  await ada.open('Pia');
  const comeOn = await noMoreScripts(ada.page);
  await press(ada.page, 't', 'Escape', 'h', 'e', 'a', 'n', 'Escape', '?', 'e', 'z', 'a', 'Escape');
  expect(await ada.dialog('Hand back').isVisible()).toBe(false);
  expect(await ada.dialog('Keyboard shortcuts').count()).toBe(0);
  await soon(() => ada.state()).toBe('Agent off');
  await press(ada.page, 'z', 'e', 'Escape', 'Control+k', 'Escape', 'Control+k', 'Control+k', 'h', 'a', 'n', 'd');
  expect(await ada.dialog('Actions').getByRole('combobox').inputValue()).toBe('hand');
  await press(ada.page, 'Escape', '?');
  await ada.dialog('Keyboard shortcuts').getByText('Loading').waitFor();
  comeOn();
  await ada.dialog('Keyboard shortcuts').getByRole('checkbox', { name: 'Single-key shortcuts' }).waitFor();
  await press(ada.page, 'Escape', 'n');
  await soon(() => ada.note.count()).toBe(1);
  expect(await ada.note.inputValue()).toBe('');
  await ada.row('Pia').waitFor();
});

test('applies keys right after j or k to the newly selected conversation', async () => {
  const { ada, guests } = await slowDeskWith('Kim', 'Lou', 'Max');
  await ada.open('Max');
  await noMoreScripts(ada.page);
  await press(ada.page, 'j', 'a');
  await ada.toasts.getByText('Assigned Lou to you').waitFor();
  await press(ada.page, 'j', 'r', 'j', 'e', 'Escape', 'k', 'k', 'n', 'x', 'Escape');
  await ada.title.getByText('Max').waitFor();
  await soon(() => ada.note.inputValue()).toBe('x');
  await press(ada.page, 'j', 'j');
  await ada.title.getByText('Kim').waitFor();
  await soon(() => ada.reply.inputValue()).toBe('je');
  await press(ada.page, 'k', 'k', 'j', 'e');
  await ada.toasts.getByText('Resolved Lou').waitFor();
  for (const name of ['Kim', 'Max']) expect(await ada.row(name).count()).toBe(1);
  for (const guest of guests) expect(await guest.texts()).toHaveLength(2);
});

test('a click on a row counts at once, too', async () => {
  const { ada } = await slowDeskWith('Rui', 'Sol');
  await ada.open('Sol');
  await ada.row('Rui').click();
  await press(ada.page, 'a');
  await ada.toasts.getByText('Assigned Rui to you').waitFor();
  await soon(() => ada.page.getByRole('combobox', { name: 'Assigned to' }).last().inputValue()).not.toBe('');
});

test('who writes at once after a click keeps the field when the address follows', async () => {
  const { ada } = await slowDeskWith('Tea');
  const scripts = await noMoreScripts(ada.page);
  await ada.row('Tea').click();
  await press(ada.page, 't', 'h', 'e');
  scripts();
  await ada.page.waitForURL(/\/inbox\/./);
  await press(ada.page, 'z');
  expect(await ada.reply.inputValue()).toBe('hez');
});

test('what is typed right after t is for the customer, before the server has answered', async () => {
  const { ada } = await slowDeskWith('Uma');
  await ada.open('Uma');
  const comeOn = await heldBack(ada.page, '**/agent-replies');
  await press(ada.page, 't', 'h', 'e', 'z');
  expect(await ada.reply.inputValue()).toBe('hez');
  comeOn();
  await soon(() => ada.state()).toBe('Agent off');
  await ada.row('Uma').waitFor();
});

test('u right after an action undoes that one, and no other, even before the server has answered', async () => {
  const { ada } = await slowDeskWith('Vic', 'Wes');
  await ada.open('Vic');
  await press(ada.page, 'a');
  await ada.toasts.getByText('Assigned Vic to you').waitFor();
  const comeOn = await heldBack(ada.page, '**/status');
  await press(ada.page, 'e', 'u');
  comeOn();
  await ada.toasts.getByText('Undone').waitFor();
  await soon(() => ada.row('Vic').count()).toBe(1);
  await soon(() => ada.page.getByRole('combobox', { name: 'Assigned to' }).last().inputValue()).not.toBe('');
});

test('an instruction that is being typed stays where it is when a colleague hands back first', async () => {
  const { ada } = await slowDeskWith('Xia');
  const ben = await fixture.desk('Ben');
  await ada.open('Xia');
  await ben.open('Xia');
  await press(ada.page, 't');
  await soon(() => ada.state()).toBe('Agent off');
  await press(ada.page, 'Escape', 'h', 'e');
  await ben.handsBack();
  await soon(() => ada.state()).toBe('Agent active');
  await press(ada.page, 'a', 'z');
  expect(await ada.dialog('Hand back').getByRole('textbox').inputValue()).toBe('eaz');
  await press(ada.page, 'Escape');
});

test('a key right after a dialog was left is the screen’s, before anything is painted', async () => {
  const { ada } = await slowDeskWith('Yan');
  await ada.open('Yan');
  await press(ada.page, 't', 'Escape');
  await soon(() => ada.state()).toBe('Agent off');
  await withinOneTask(ada.page, 'h', 'Escape', '?', 'Escape', 'z', 'Escape', 'Control+k', 'Escape', '?');
  await ada.dialog('Keyboard shortcuts').waitFor();
});

test('h right after t asks for the instruction, also while another action has to be answered first', async () => {
  const { ada } = await slowDeskWith('Yva');
  await ada.open('Yva');
  const comeOn = await heldBack(ada.page, '**/agent-replies');
  await ada.agentReplies.click();
  await press(ada.page, 't', 'Escape', 'h', 'e');
  expect(await ada.dialog('Hand back').getByRole('textbox').inputValue()).toBe('e');
  comeOn();
  await press(ada.page, 'Escape');
  await soon(() => ada.page.getByRole('combobox', { name: 'Assigned to' }).last().inputValue()).not.toBe('');
  await ada.row('Yva').waitFor();
});

test('[SEND-8] undo is there without being asked for: u brings what was sent back into the field', async () => {
  const { guests } = await slowDeskWith('Zoe');
  const context = await fixture.browser.newContext({ baseURL: fixture.product.url });
  await context.addCookies(await fixture.contextOf('Ben').cookies());
  const page = await context.newPage();
  await page.goto(`/inbox/${guests[0]?.conversationId ?? ''}`);
  const field = page.getByRole('textbox', { name: 'Reply to Zoe' });
  await field.fill('Too early');
  await press(page, 'Enter');
  await page.getByRole('log').getByText('Too early').waitFor();
  expect(await field.inputValue()).toBe('');
  await press(page, 'Escape', 'u');
  expect(await field.inputValue()).toBe('Too early');
  expect(await page.getByRole('log').getByText('Too early').count()).toBe(0);
  expect(await guests[0]?.texts()).toHaveLength(2);
  await context.close();
});
