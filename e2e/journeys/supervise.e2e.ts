import type { Locator, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { barriers, expectNoBarrier } from '../support/accessibility.ts';
import type { Desk } from '../support/desk.ts';
import { quickest, soon } from '../support/soon.ts';
import { saying } from '../support/webhook-agent.ts';
import { InboxFixture } from './inbox-fixture.ts';

let fixture: InboxFixture;
beforeAll(async () => {
  fixture = await InboxFixture.start('Ada', 'Ben');
});
afterEach(() => fixture.clear());
afterAll(() => fixture.close());

/** The supervisors' board as a page object. */
class Board {
  readonly page: Page;
  constructor({ page }: Desk) {
    this.page = page;
  }
  column(name: string): Locator {
    return this.page.locator(`[data-column=${name}]`);
  }
  card(column: string, customer: string): Locator {
    return this.column(column).locator('[data-card]').filter({ hasText: customer });
  }
  words(column: string, customer: string): Promise<string> {
    return this.card(column, customer).allInnerTexts().then(String);
  }
  preview(customer: string): Locator {
    return this.page.getByRole('region', { name: `Preview ${customer}` });
  }
}

const board = async (): Promise<Board> => new Board(await fixture.desk('Owner', { path: '/supervise' }));

/** How long after `act` the board shows it, in ms. */
async function delay(act: () => Promise<void>, shown: Locator): Promise<number> {
  const start = performance.now();
  await Promise.all([shown.waitFor(), act()]);
  return performance.now() - start;
}

test('[SEE-1] [HOLD-14] the board shows within a second who writes, and where two contend', async () => {
  const shop = await fixture.shop(() => saying('Here I am.'), { humanPriorityWindowSeconds: 9 });
  const [ada, ben, wall] = [await fixture.desk('Ada'), await fixture.desk('Ben'), await board()];
  const uma = await fixture.visitor(shop, 'Uma');
  await uma.says('Hello');
  await soon(() => uma.texts()).toContain('Here I am.');
  await wall.card('agentActive', 'Uma').waitFor();
  for (const desk of [ada, ben]) await desk.open('Uma');
  await soon(() => wall.words('agentActive', 'Uma')).toMatch(/(Ada and Ben|Ben and Ada) are viewing/);

  const took = await quickest(3, async () => {
    const shown = await delay(() => ada.reply.press('H'), wall.card('humanActive', 'Uma'));
    await soon(() => wall.words('humanActive', 'Uma')).toContain('Ada is typing');
    await ada.reply.press('Backspace');
    await wall.card('agentActive', 'Uma').waitFor();
    return shown;
  });
  expect(took).toBeLessThan(1_000);

  await ada.reply.press('H');
  await ben.reply.press('B');
  await wall.card('humanActive', 'Uma').locator('[data-contention=writing]').waitFor();
  await soon(() => wall.words('humanActive', 'Uma')).toMatch(/(Ada and Ben|Ben and Ada) are typing at the same time/);
  await ben.reply.press('Backspace');
  await ada.reply.press('Enter');
  await soon(() => wall.words('humanPriorityWindow', 'Uma')).toMatch(/Agent back in 0:0\d/);
  await wall.card('agentActive', 'Uma').waitFor();
});

test('[HOLD-10] [HOLD-11] [HOLD-15] takes over, adds a note and hands back on the board', async () => {
  let handsOff = true;
  const shop = await fixture.shop(() =>
    handsOff ? { handoff: { reason: 'asked for a person' } } : saying('It is free.'),
  );
  const [ada, wall] = [await fixture.desk('Ada'), await board()];
  const ron = await fixture.visitor(shop, 'Ron');
  await ron.says('A person, please');
  await soon(() => wall.words('unanswered', 'Ron')).toMatch(/Agent asked for help\s+Waiting 0:\d\d/);
  await soon(() => wall.page.title()).toBe('(1) Supervise · Baton');

  await wall.page.getByRole('button', { name: 'Take over Ron' }).click();
  await soon(() => wall.words('unanswered', 'Ron')).toMatch(/Agent off[^]*Assigned to/);
  const taken = (await fixture.owner.transitions(ron.conversationId)).map(({ event }) => event.type);
  expect(taken).toContain('replies.disabled');

  await wall.card('unanswered', 'Ron').click();
  const panel = wall.preview('Ron');
  await panel.getByRole('log').getByText('A person, please').waitFor();
  await soon(() => panel.getByRole('button', { name: 'Take over' }).getAttribute('aria-disabled')).toBe('true');
  await ada.open('Ron');
  await panel.getByRole('textbox', { name: 'Note for your team' }).fill('Offer him free shipping.');
  await panel.getByRole('button', { name: 'Add note' }).click();
  await panel.getByText('Note added').waitFor();
  await ada.message('Offer him free shipping.').waitFor();
  expect(await ada.state()).toBe('Agent off');

  handsOff = false;
  await panel.getByRole('button', { name: 'Hand back' }).click();
  await panel.getByLabel('Instruction for the agent').fill('Say that shipping is free');
  await panel.getByRole('button', { name: 'Hand back' }).click();
  await soon(() => ron.texts()).toContain('It is free.');
  expect(JSON.stringify(shop.webhook.calls.at(-1))).toContain('Say that shipping is free');
  await wall.card('agentActive', 'Ron').waitFor();
  await soon(() => wall.card('unanswered', 'Ron').count()).toBe(0);

  const read = (await ron.texts()).join();
  expect(read).not.toContain('Offer him free shipping.');
  expect(JSON.stringify(shop.webhook.calls)).not.toContain('Offer him free shipping.');
  expect(new URL(wall.page.url()).pathname).toBe('/supervise');
});

test('drives the board by keyboard: arrows, Enter to preview, Escape to return', async () => {
  const shop = await fixture.shop(() => ({ silence: true }), { humanPriorityWindowSeconds: 600 });
  const wall = await board();
  for (const name of ['Kim', 'Lou']) await (await fixture.visitor(shop, name)).says('Hello');
  // Waiting customers come first, so cards move until the agent's reply delay has passed.
  for (const name of ['Kim', 'Lou']) await soon(() => wall.words('agentActive', name)).toMatch(/^(?![^]*Waiting)./);
  const focused = async () => (await wall.page.evaluate<string>('document.activeElement.innerText')).split('\n')[0];
  const cards = wall.column('agentActive').locator('[data-card]');
  await cards.first().focus();
  const first = await focused();
  await wall.page.keyboard.press('ArrowDown');
  await soon(focused).not.toBe(first);
  await wall.page.keyboard.press('ArrowUp');
  await soon(focused).toBe(first);
  await wall.page.keyboard.press('Enter');
  const close = wall.page.getByRole('button', { name: 'Close' });
  await close.waitFor();
  await wall.page.keyboard.press('Escape');
  await close.waitFor({ state: 'detached' });
  await soon(focused).toBe(first);
});

test('[HOLD-10] keys act on the chosen card: t takes over, n starts a note, h asks for an instruction', async () => {
  const shop = await fixture.shop(() => ({ handoff: { reason: 'asked for a person' } }));
  const wall = await board();
  for (const name of ['Mia', 'Noa']) await (await fixture.visitor(shop, name)).says('A person, please');
  for (const name of ['Mia', 'Noa']) await wall.card('unanswered', name).waitFor();
  await wall.card('unanswered', 'Noa').focus();
  await wall.page.keyboard.press('t');
  await soon(() => wall.words('unanswered', 'Noa')).toMatch(/Agent off[^]*Assigned to/);
  expect(await wall.words('unanswered', 'Mia')).toContain('Unassigned');
  await wall.page.keyboard.press('t');
  await wall.page.getByText(/^Take over: Already yours/).waitFor();

  await wall.page.keyboard.press('n');
  const note = wall.preview('Noa').getByRole('textbox', { name: 'Note for your team' });
  await soon(() => note.evaluate((field) => field === field.ownerDocument.activeElement)).toBe(true);
  await wall.page.keyboard.press('Escape');
  await wall.card('unanswered', 'Mia').focus();
  await wall.page.keyboard.press('h');
  await wall.preview('Mia').getByLabel('Instruction for the agent').waitFor();
});

test('who takes over with the button of a card stays at that card, though the button goes', async () => {
  const shop = await fixture.shop(() => ({ handoff: { reason: 'asked for a person' } }));
  const wall = await board();
  await (await fixture.visitor(shop, 'Pia')).says('A person, please');
  const takeOver = wall.page.getByRole('button', { name: 'Take over Pia' });
  await takeOver.press('Enter');
  await takeOver.waitFor({ state: 'detached' });
  const card = wall.card('unanswered', 'Pia');
  await soon(() => card.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true);
});

test('refuses the board to teammates in navigation, page and API', async () => {
  const ada = await fixture.desk('Ada', { path: '/supervise' });
  await ada.page.getByRole('heading', { name: 'This board is for supervisors' }).waitFor();
  expect(await barriers(ada.page)).toEqual([]);
  expect(await ada.page.getByRole('navigation', { name: 'Baton' }).getByText('Supervise').count()).toBe(0);
  expect(ada.page.url()).toContain('/supervise');
  expect((await ada.page.request.get('/api/v1/supervise/board')).status()).toBe(403);
});

test('axe finds no barrier on the board, nor on what looks into a conversation', async () => {
  const shop = await fixture.shop(() => ({ handoff: { reason: 'no idea', text: 'One moment.' } }));
  const wall = await board();
  const name = `<b>Ünal</b> ${'very-long-name'.repeat(6)}`;
  const guest = await fixture.visitor(shop, name);
  await guest.says(`${'unbroken'.repeat(60)} مرحبا`);
  await wall.card('unanswered', 'Ünal').waitFor();
  await expectNoBarrier(wall.page, 'the board');
  await wall.card('unanswered', 'Ünal').click();
  await wall.preview(name).getByRole('log').locator('li').first().waitFor();
  await expectNoBarrier(wall.page, 'looking into a conversation');
});
