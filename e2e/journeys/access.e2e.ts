import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { barriers, expectNoBarrier } from '../support/accessibility.ts';
import type { Desk } from '../support/desk.ts';
import { soon } from '../support/soon.ts';
import { saying } from '../support/webhook-agent.ts';
import { Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.start('Ada');
});
afterEach(() => stage.clear());
afterAll(() => stage.close());

test('a barrier is noticed', async () => {
  const page = await stage.browser.newPage();
  await page.setContent('<html lang="en"><title>Page</title><main><h1>Page</h1><button></button></main></html>');
  expect(await barriers(page)).toEqual([expect.stringMatching(/^critical button-name: button/)]);
  await page.setContent('<html lang="en"><title>Page</title><main><h1 style="color: #ccc">Page</h1></main></html>');
  expect(await barriers(page, { onlyColours: true })).toEqual([expect.stringMatching(/^serious color-contrast/)]);
  await page.close();
});

test('axe finds no barrier on the way in and on the settings pages', async () => {
  const shop = await stage.shop(() => saying('Hello.'));
  const context = await stage.browser.newContext({ baseURL: stage.product.url });
  const page = await context.newPage();
  await page.goto('/sign-in');
  await page.getByLabel('Email').fill('nobody@example.com');
  await page.getByLabel('Password').fill('wrong');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').waitFor();
  await expectNoBarrier(page, 'sign-in');
  await page.goto('/no/such/page');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await expectNoBarrier(page, 'a page that is not there');
  await context.close();

  const owner = await stage.desk('Owner', { path: '/settings/agents' });
  for (const place of ['Agents', 'Knowledge', 'Channels', 'Team']) {
    await owner.page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: place }).click();
    await owner.page.getByRole('heading', { name: place, level: 1 }).waitFor();
    await owner.page
      .getByRole('button', { name: /^(Create|Add)/ })
      .first()
      .waitFor();
    await expectNoBarrier(owner.page, `settings, ${place}`);
  }
  const agent = await stage.desk('Owner', { path: `/settings/agents/${shop.agent.id}` });
  await agent.page.getByRole('textbox', { name: 'Human priority window (seconds)' }).fill('86401');
  await expectNoBarrier(agent.page, 'rules with an error');
});

test('axe finds no barrier in the inbox, whoever holds, nor in the customer’s chat', async () => {
  const shop = await stage.shop(() => ({ silence: true }), { humanPriorityWindowSeconds: 600 });
  const ada = await stage.desk('Ada');
  await ada.page.getByText('No conversation yet').waitFor();
  await expectNoBarrier(ada.page, 'inbox, empty');
  const zed = await stage.visitor(shop, 'Zed');
  await expectNoBarrier(zed.page, 'chat, new');
  await zed.says('Hello');
  await ada.row('Zed').waitFor();
  await expectNoBarrier(ada.page, 'inbox, nothing chosen');
  await ada.open('Zed');
  await looksRight(ada, 'Agent active');

  await ada.reply.press('H');
  await looksRight(ada, 'Person writing');
  await ada.reply.press('Enter');
  await looksRight(ada, 'Human priority window');
  await soon(() => zed.texts()).toHaveLength(2);
  await expectNoBarrier(zed.page, 'chat, answered');
  await ada.page.getByRole('radio', { name: 'Note' }).click();
  await ada.note.fill('Only for us');
  await ada.note.press('Enter');
  await ada.message('Only for us').waitFor();
  await ada.agentReplies.click();
  await ada.page.getByRole('button', { name: 'History', exact: true }).click();
  await ada.page.getByRole('tablist').waitFor();
  await looksRight(ada, 'Agent off');
  await ada.button('Hand back').click();
  await ada.page.getByRole('dialog').waitFor();
  await expectNoBarrier(ada.page, 'handing back');
});

async function looksRight(desk: Desk, state: string): Promise<void> {
  await soon(() => desk.state()).toBe(state);
  await expectNoBarrier(desk.page, state);
}
