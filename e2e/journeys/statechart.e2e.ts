import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { expectNoBarrier } from '../support/accessibility.ts';
import { soon } from '../support/soon.ts';
import { saying } from '../support/webhook-agent.ts';
import { InboxFixture } from './inbox-fixture.ts';

let fixture: InboxFixture;
beforeAll(async () => {
  fixture = await InboxFixture.start('Ada');
});
afterEach(() => fixture.clear());
afterAll(() => fixture.close());

/** The highlighted states from the outside in, and the last edge. */
async function lit(page: Page): Promise<string[]> {
  const states = page.locator('[data-statechart-state][data-here]');
  const ways = page.locator('[data-way][data-taken]');
  return [
    ...(await states.evaluateAll((found) => found.map((state) => state.getAttribute('data-statechart-state') ?? ''))),
    ...(await ways.evaluateAll((found) => found.map((way) => way.getAttribute('data-way') ?? ''))),
  ];
}

test('an empty inbox says what to do, and a simulated customer needs a web chat', async () => {
  const owner = await fixture.desk('Owner');
  await owner.page.getByText('No conversations yet').waitFor();
  const connect = owner.page.getByRole('link', { name: 'Connect a channel to send and receive messages' });
  expect(await connect.getAttribute('href')).toBe('/settings/channels');
  await owner.button('Simulate a customer').click();
  await owner.page.getByText('Add a web chat channel first.').waitFor();
  await expectNoBarrier(owner.page, 'an empty inbox');

  const ada = await fixture.desk('Ada');
  await ada.page.getByText('Ask an owner to connect a channel').waitFor();
  await ada.button('Simulate a customer').waitFor();
});

test('[SEE-1] a simulated customer writes live, hears the agent, and goes on', async () => {
  await fixture.shop(({ waiting }) => saying(`Thanks for "${waiting.at(-1)?.text}"`));
  const [owner, ada] = [await fixture.desk('Owner'), await fixture.desk('Ada')];
  await owner.button('Simulate a customer').click();
  await owner.page.waitForURL(/\/inbox\/[\da-f-]+$/);
  await soon(() => owner.presence()).toMatch(/is typing…/);
  // Writes for up to five seconds at a time.
  await expect.poll(() => owner.thread.locator('[data-seq]').count(), { timeout: 90_000 }).toBeGreaterThanOrEqual(4);
  const said = await owner.shown();
  expect(said[0]?.text).toMatch(/\S/);
  expect(said.some(({ text }) => text.startsWith('Thanks for'))).toBe(true);
  expect(await ada.list.getByRole('link').count()).toBe(1);
});

test('[HOLD-3] the statechart is lit where the conversation stands, live', async () => {
  const answer = Promise.withResolvers<unknown>();
  const shop = await fixture.shop(() => answer.promise, { humanPriorityWindowSeconds: 8 });
  const ada = await fixture.desk('Ada');
  const mia = await fixture.visitor(shop, 'Mia');
  await mia.says('Where is my parcel?');
  await ada.open('Mia');
  await ada.page.getByRole('button', { name: 'History', exact: true }).click();

  await soon(() => lit(ada.page)).toEqual([
    'agentActive',
    'agentActive.replying',
    'agentActive.gathering -> agentActive.replying',
  ]);
  await soon(() => ada.page.getByRole('img', { name: /Agent active, replying/ }).count()).toBe(1);
  await expectNoBarrier(ada.page, 'the statechart');

  answer.resolve(saying('It comes tomorrow.'));
  await soon(() => lit(ada.page)).toEqual([
    'agentActive',
    'agentActive.idle',
    'agentActive.sending -> agentActive.idle',
  ]);
  await ada.reply.press('I');
  await soon(() => lit(ada.page)).toEqual(['humanActive', 'agentActive -> humanActive']);
  await ada.sends('t is on its way.');
  await soon(() => lit(ada.page)).toEqual(['humanPriorityWindow', 'humanActive -> humanPriorityWindow']);

  await ada.page.getByRole('tab', { name: 'History' }).click();
  const rows = ada.page.getByRole('list', { name: 'Events, newest first' }).locator(':scope > li');
  await soon(() => rows.allInnerTexts()).toContainEqual(
    expect.stringMatching(/Started typing[^]*Agent active[^]*Teammate typing[^]*You[^]*human\.typing/),
  );
  // The window ends while the history is looked at.
  await soon(() => rows.first().innerText()).toContain('Human priority window ended');
  await expectNoBarrier(ada.page, 'the history');
});

test('the statechart by keyboard and as text', async () => {
  const shop = await fixture.shop(() => saying('Hello.'));
  const ada = await fixture.desk('Ada');
  const noa = await fixture.visitor(shop, 'Noa');
  await noa.says('Hello?');
  await ada.open('Noa');
  const { page } = ada;
  await fixture.contextOf('Ada').grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'History', exact: true }).click();
  await page.getByRole('tab', { name: 'Statechart' }).focus();
  await page.keyboard.press('ArrowRight');
  await soon(() => page.getByRole('tab', { name: 'History' }).getAttribute('aria-selected')).toBe('true');
  await page.keyboard.press('ArrowLeft');

  await soon(() => lit(page)).toContain('agentActive.idle');
  // It says so for two seconds only.
  await Promise.all([
    page.getByText('Copied').waitFor(),
    page.getByRole('button', { name: 'Copy as Mermaid' }).click(),
  ]);
  const copied = await page.evaluate<string>('navigator.clipboard.readText()');
  expect(copied).toMatch(/^stateDiagram-v2\n/);
  expect(copied).toContain('class agentActive_idle active');

  await page.getByText('As a list').click();
  const here = page.locator('li[aria-current=step]');
  await soon(() => here.locator(':scope > p').allInnerTexts()).toEqual([
    expect.stringContaining('Agent active'),
    expect.stringMatching(/Idle[^]*here now/),
  ]);
});
