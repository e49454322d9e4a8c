import { globSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { barriers, expectNoBarrier } from '../support/accessibility.ts';
import type { Desk } from '../support/desk.ts';
import { soon } from '../support/soon.ts';
import { saying } from '../support/webhook-agent.ts';
import { InboxFixture, type Shop } from './inbox-fixture.ts';

let fixture: InboxFixture;
beforeAll(async () => {
  fixture = await InboxFixture.start('Ada');
});
afterEach(() => fixture.clear());
afterAll(() => fixture.close());

test('a barrier is noticed', async () => {
  const page = await fixture.browser.newPage();
  await page.setContent('<html lang="en"><title>Page</title><main><h1>Page</h1><button></button></main></html>');
  expect(await barriers(page)).toEqual([expect.stringMatching(/^critical button-name: button/)]);
  await page.setContent('<html lang="en"><title>Page</title><main><h1 style="color: #ccc">Page</h1></main></html>');
  expect(await barriers(page, { onlyColours: true })).toEqual([expect.stringMatching(/^serious color-contrast/)]);
  await page.close();
});

/** The address of each page of the web app, and whether it needs a session. */
const PAGES: Record<string, { path: (shop: Shop, conversationId: string) => string; signedOut?: true }> = {
  'sign-in': { path: () => '/sign-in', signedOut: true },
  setup: { path: () => '/setup', signedOut: true },
  'chat/[channelId]': { path: ({ channelId }) => `/chat/${channelId}`, signedOut: true },
  '(app)/inbox': { path: () => '/inbox' },
  '(app)/inbox/[conversationId]': { path: (_shop, conversationId) => `/inbox/${conversationId}` },
  '(app)/supervise': { path: () => '/supervise' },
  '(app)/settings/agents': { path: () => '/settings/agents' },
  '(app)/settings/agents/[agentId]': { path: ({ agent }) => `/settings/agents/${agent.id}` },
  '(app)/settings/knowledge': { path: () => '/settings/knowledge' },
  '(app)/settings/channels': { path: () => '/settings/channels' },
  '(app)/settings/team': { path: () => '/settings/team' },
  '(app)/settings/profile': { path: () => '/settings/profile' },
};

test('every page of the web app is judged here', () => {
  const routes = resolve(import.meta.dirname, '../../apps/web/src/routes');
  const pages = globSync('**/+page.svelte', { cwd: routes }).map((file) => dirname(file));
  expect(pages.sort()).toEqual(Object.keys(PAGES).sort());
});

// Comes first: its inbox is empty.
test('axe finds no barrier in the inbox, whoever holds, nor in the customer’s chat', async () => {
  const shop = await fixture.shop(() => ({ silence: true }), { humanPriorityWindowSeconds: 600 });
  const ada = await fixture.desk('Ada');
  await ada.page.getByText('No conversations yet').waitFor();
  await expectNoBarrier(ada.page, 'inbox, empty');
  const zed = await fixture.visitor(shop, 'Zed');
  await expectNoBarrier(zed.page, 'chat, new');
  await zed.says('Hello');
  await ada.row('Zed').waitFor();
  await expectNoBarrier(ada.page, 'inbox, nothing chosen');
  await ada.open('Zed');
  await looksRight(ada, 'Agent active');

  await ada.reply.press('H');
  await looksRight(ada, 'Teammate typing');
  await ada.reply.press('Enter');
  await looksRight(ada, 'Team first');
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

test('axe finds no barrier on any page', { timeout: 600_000 }, async () => {
  const shop = await fixture.shop(() => ({ silence: true }));
  const guest = await fixture.visitor(shop, 'Guest');
  await guest.says('Hello');
  await soon(() => guest.conversationId).not.toBe('');
  const stranger = await fixture.browser.newContext({ baseURL: fixture.product.url });
  for (const [name, { path, signedOut }] of Object.entries(PAGES)) {
    const address = path(shop, guest.conversationId);
    const page = signedOut ? await stranger.newPage() : (await fixture.desk('Owner', { path: address })).page;
    if (signedOut) await page.goto(address);
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    await page.waitForLoadState('networkidle');
    await expectNoBarrier(page, name);
    if (signedOut) await page.close();
  }
  await stranger.close();
});

test('axe finds no barrier where something went wrong', async () => {
  const shop = await fixture.shop(() => saying('Hello.'));
  const context = await fixture.browser.newContext({ baseURL: fixture.product.url });
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
  const agent = await fixture.desk('Owner', { path: `/settings/agents/${shop.agent.id}` });
  await agent.page.getByRole('textbox', { name: 'Human priority window (seconds)' }).fill('86401');
  await expectNoBarrier(agent.page, 'rules with an error');
});

async function looksRight(desk: Desk, state: string): Promise<void> {
  await soon(() => desk.state()).toBe(state);
  await expectNoBarrier(desk.page, state);
}

test('where no motion is wanted, another colour comes to what stands deep within at once', async () => {
  const shop = await fixture.shop(() => ({ silence: true }));
  const ada = await fixture.desk('Ada');
  const uma = await fixture.visitor(shop, 'Uma');
  await uma.says('Hello');
  await ada.row('Uma').waitFor();
  await ada.page.emulateMedia({ reducedMotion: 'reduce' });
  const ink = await ada.page.evaluate<string>(`(() => {
    const name = document.querySelector('[data-conversation] .truncate');
    getComputedStyle(name).color;
    document.documentElement.style.setProperty('--ink', 'rgb(1, 2, 3)');
    return getComputedStyle(name).color;
  })()`);
  expect(ink).toBe('rgb(1, 2, 3)');
});
