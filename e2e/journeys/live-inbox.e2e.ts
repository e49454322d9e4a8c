import type { Message } from '@baton/protocol';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { HttpCustomer } from '../support/api.ts';
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

const silent = () => ({ silence: true });

test('who holds is a filter that is a link, and its first page is full whatever lies between', async () => {
  const shop = await fixture.shop(silent);
  const { channel, inboundSecret } = await fixture.owner.createChannel(shop.agent.id, 'http://127.0.0.1:9/');
  const write = (name: string) => new HttpCustomer(fixture.product.url, channel.id, inboundSecret, name).write('Hello');
  const held = await write('held');
  await fixture.owner.setAgentReplies(held.conversationId, false);
  // More than a page of others have written since.
  await Promise.all(Array.from({ length: 60 }, (_, n) => write(`free-${n}`)));

  const ada = await fixture.desk('Ada', { path: '/inbox?holder=team' });
  await soon(() => ada.row('Customer held').count()).toBe(1);
  expect(await ada.list.getByRole('link').count()).toBe(1);
  await ada.list.getByRole('button', { name: 'Remove filter Handled by: The team' }).waitFor();
  // From here on it follows live.
  const other = await write('free-7');
  await fixture.owner.setAgentReplies(other.conversationId, false);
  await soon(() => ada.row('Customer free-7').count()).toBe(1);
  await fixture.owner.setAgentReplies(held.conversationId, true);
  await soon(() => ada.row('Customer held').count()).toBe(0);
});

test('opens a direct link at the first unread message and shares read markers', async () => {
  const shop = await fixture.shop(silent);
  const lou = await fixture.visitor(shop, 'Lou');
  for (const text of ['One', 'Two']) await lou.says(text);
  await soon(() => lou.texts()).toHaveLength(2);
  const phone = await fixture.desk('Ada');
  await soon(() => phone.rowText('Lou')).toContain('2 unread');
  const desk = await fixture.desk('Ada', { path: `/inbox/${lou.conversationId}` });
  await desk.message('Two').waitFor();
  expect(await desk.thread.locator('[data-new]').innerText()).toBe('New');
  expect(await desk.thread.locator('[data-new] + *').innerText()).toContain('One');
  await soon(() => phone.rowText('Lou')).not.toContain('unread');

  await desk.page.goto('/inbox');
  desk.loads = 1;
  await lou.says('Three');
  await soon(() => phone.rowText('Lou')).toContain('1 unread');
  const again = await fixture.desk('Ada', { path: `/inbox/${lou.conversationId}` });
  await again.message('Three').waitFor();
  expect(await again.thread.locator('[data-new] + *').innerText()).toContain('Three');
  for (const each of [phone, desk]) await soon(() => each.rowText('Lou')).not.toContain('unread');
  // Of the person only: a teammate has it all to read.
  const ben = await fixture.desk('Ben');
  await soon(() => ben.rowText('Lou')).toContain('3 unread');
});

test('[TURN-4] [TURN-3] stops the agent in mid-sentence and offers its text as a draft', async () => {
  const shop = await fixture.shop(async function* () {
    yield { delta: { text: 'Your parcel is on' } };
    yield { delta: { text: ' its way, and' } };
    await new Promise(() => {});
  });
  const [ada, ben] = [await fixture.desk('Ada'), await fixture.desk('Ben')];
  const kai = await fixture.visitor(shop, 'Kai');
  await kai.says('Where is my parcel?');
  for (const desk of [ada, ben]) await desk.open('Kai');
  await soon(() => shop.webhook.said).toBe(2);
  await ada.reply.press('h');
  const offered = (desk: typeof ada) =>
    desk.page.getByRole('region', { name: 'Unsent reply from the agent' }).filter({ hasText: 'parcel' });
  for (const desk of [ada, ben])
    await soon(() => offered(desk).innerText()).toContain('Your parcel is on its way, and');
  await soon(() => shop.webhook.aborted).toBe(1);
  expect(await barriers(ben.page)).toEqual([]);

  // Off first: an agent that nobody holds back would begin anew.
  await ada.agentReplies.click();
  await soon(() => ada.state()).toBe('Agent off');
  await ada.reply.press('Backspace');
  await offered(ada).getByRole('button', { name: 'Use' }).click();
  await soon(() => ada.reply.inputValue()).toBe('Your parcel is on its way, and');
  await ada.reply.pressSequentially(' comes tomorrow.');
  await ada.reply.press('Enter');
  await soon(() => kai.texts()).toEqual(['Where is my parcel?', 'Your parcel is on its way, and comes tomorrow.']);
  // Somebody has answered: nobody is offered it any more, nor on a link of later.
  await soon(() => offered(ben).count()).toBe(0);
  const authors = (await fixture.owner.messages(kai.conversationId)).map(({ author }: Message) => author.kind);
  expect(authors).toEqual(['customer', 'teammate']);
});

test('[SEE-1] a teammate who is away is grey, in words too, in rows and in the conversation', async () => {
  const shop = await fixture.shop(silent);
  const [ada, ben, owner] = [await fixture.desk('Ada'), await fixture.desk('Ben'), await fixture.desk('Owner')];
  const ira = await fixture.visitor(shop, 'Ira');
  await ira.says('Hello');
  for (const desk of [ada, ben]) await desk.open('Ira');
  await soon(() => ada.presence()).toContain('Ben is viewing');
  const hide = (state: 'hidden' | 'visible') =>
    ben.page.evaluate(`{
      Object.defineProperty(document, 'visibilityState', { value: '${state}', configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }`);
  await hide('hidden');
  await soon(() => ada.presence()).toContain('Ben is away');
  await soon(() => owner.rowText('Ira')).toMatch(/Viewing: Ada[^]*Away: Ben/);
  expect(await barriers(ada.page)).toEqual([]);
  // A lost connection forgets nothing.
  await fixture.contextOf('Ben').setOffline(true);
  await soon(() => ada.presence()).not.toContain('Ben');
  await fixture.contextOf('Ben').setOffline(false);
  await soon(() => ada.presence()).toContain('Ben is away');
  await hide('visible');
  await soon(() => ada.presence()).toContain('Ben is viewing');
});

test('[HOLD-18] [SEE-2] a pause and its end are on every open page at once, with who paused', async () => {
  const shop = await fixture.shop(() => saying('Hello.'));
  const [ada, ben] = [await fixture.desk('Ada'), await fixture.desk('Ben')];
  const ole = await fixture.visitor(shop, 'Ole');
  await ole.says('Hello?');
  await soon(() => ole.texts()).toHaveLength(2);
  await ada.open('Ole');
  await soon(() => ada.state()).toBe('Agent active');
  expect(await ada.why()).toBe('');

  await fixture.owner.call('PATCH', `/agents/${shop.agent.id}`, { paused: true });
  await soon(() => ada.why()).toMatch(/Owner paused/);
  await soon(() => ben.row('Ole').getAttribute('title')).toMatch(/Owner paused/);
  await fixture.owner.call('PATCH', `/agents/${shop.agent.id}`, { paused: false });
  await soon(() => ada.why()).toBe('');
  await soon(() => ben.row('Ole').getAttribute('title')).toBeNull();
});

test('the sites that may embed a chat are changed later, each refused one by its name', async () => {
  const shop = await fixture.shop(silent);
  const owner = await fixture.desk('Owner', { path: '/settings/channels' });
  const card = owner.page.getByRole('article').filter({ hasText: shop.channelId });
  await card.getByText('Name and settings').click();
  const sites = card.getByRole('textbox', { name: 'Allowed sites' });
  const settings = async () => {
    const { items } = await fixture.owner.call<{ items: { id: string; name: string; settings: object }[] }>(
      'GET',
      '/channels',
    );
    return items.find(({ id }) => id === shop.channelId);
  };
  await sites.fill('https://shop.example\nshop.example/path');
  await card.getByRole('button', { name: 'Save' }).click();
  await card.getByText('shop.example/path: use a full address').waitFor();
  expect((await settings())?.settings).toEqual({});
  expect(await barriers(owner.page)).toEqual([]);

  await sites.fill('https://shop.example\nhttps://blog.example:8443');
  await card.getByRole('textbox', { name: 'Name' }).fill('Both sites');
  await card.getByRole('button', { name: 'Save' }).click();
  await owner.page.getByRole('article', { name: 'Both sites' }).waitFor();
  expect(await settings()).toMatchObject({
    name: 'Both sites',
    settings: { allowedOrigins: ['https://shop.example', 'https://blog.example:8443'] },
  });
  // A teammate reads them, and is offered no form.
  const ada = await fixture.desk('Ada', { path: '/settings/channels' });
  await ada.page.getByRole('article', { name: 'Both sites' }).waitFor();
  expect(await ada.page.getByText('Name and settings').count()).toBe(0);
});
