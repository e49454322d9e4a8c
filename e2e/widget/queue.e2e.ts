import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { soon } from '../support/soon.ts';
import { WidgetFixture } from './widget-fixture.ts';

const LOST = 'No connection.';
const WAITING = 'Waiting to be sent';

let fixture: WidgetFixture;
beforeAll(async () => {
  fixture = await WidgetFixture.open();
});
afterEach(() => fixture.clear());
afterAll(() => fixture.close());

const silent = () => ({ silence: true });

test('[SEND-6] what is written without a server is kept over a closed page, and sent once, in order', async () => {
  const shop = await fixture.shop(silent);
  const address = fixture.page(shop);
  const liv = await fixture.visit(address);
  await liv.opens();
  await liv.writes('Before');
  await soon(() => liv.conversationId).not.toBe('');
  await soon(() => liv.log.getByText(WAITING).count()).toBe(0);

  await fixture.inbox.product.kill();
  await liv.panel.getByText(LOST).waitFor();
  await liv.writes('While it was away');
  await liv.writes('And one more');
  await soon(() => liv.log.getByText(WAITING).count()).toBe(2);
  await fixture.picture(liv.page, 'queue');
  await liv.page.close();
  await fixture.inbox.product.start();

  const back = await fixture.visitIn(liv.page.context(), address);
  await back.opens();
  await soon(() => back.texts()).toEqual(['Before', 'While it was away', 'And one more']);
  await soon(() => back.log.getByText(WAITING).count()).toBe(0);
  const messages = await fixture.inbox.owner.messages(liv.conversationId);
  expect(messages.map(({ text }) => text)).toEqual(['Before', 'While it was away', 'And one more']);
});

test('[SEND-6] the very first message waits, too, and the name with it', async () => {
  const shop = await fixture.shop(silent);
  const address = fixture.page(shop);
  const eli = await fixture.visit(address);
  await eli.opens();
  await fixture.inbox.product.kill();
  await eli.name.fill('Eli');
  await eli.writes('Is anybody there?');
  await eli.panel.getByText(LOST).waitFor();
  await eli.page.close();
  await fixture.inbox.product.start();

  const back = await fixture.visitIn(eli.page.context(), address);
  await soon(() => back.conversationId).not.toBe('');
  await soon(async () => (await fixture.inbox.owner.messages(back.conversationId)).map(({ text }) => text)).toEqual([
    'Is anybody there?',
  ]);
  expect((await fixture.inbox.owner.conversation(back.conversationId)).customer.name).toBe('Eli');
});

test('[SEE-3] after a lost network the chat shows what it missed, without a reload', async () => {
  const shop = await fixture.shop(silent);
  const ben = await fixture.visit(fixture.page(shop));
  await ben.opens();
  await ben.writes('Hello');
  await soon(() => ben.conversationId).not.toBe('');
  await soon(() => ben.log.getByText(WAITING).count()).toBe(0);
  await ben.page.context().setOffline(true);
  await ben.panel.getByText(LOST).waitFor();
  await ben.writes('Still here?');
  await fixture.inbox.owner.send(ben.conversationId, 'Yes.', { clientMessageId: 'yes', force: true });
  expect(await ben.texts()).toEqual(['Hello', 'Still here?']);
  await ben.page.context().setOffline(false);
  await soon(() => ben.texts()).toEqual(['Hello', 'Yes.', 'Still here?']);
  await soon(() => ben.panel.getByText(LOST).count()).toBe(0);
});

test('a page that the channel does not allow opens nothing, and says so to its author only', async () => {
  const stranger = await fixture.inbox.shop(silent);
  const lines: string[] = [];
  const eve = await fixture.visit(fixture.page(stranger));
  eve.page.on('console', (line) => lines.push(line.text()));
  await eve.opens();
  await eve.writes('Hello?');
  await eve.panel.getByText(LOST).waitFor();
  await soon(() => lines.join('\n')).toContain('Settings > Channels');
  expect(await eve.texts()).toEqual(['Hello?']);
  const { items } = await fixture.inbox.owner.call<{ items: { channelId: string }[] }>('GET', '/conversations');
  expect(items.filter(({ channelId }) => channelId === stranger.channelId)).toEqual([]);
  // The browser's own words on what the channel did not allow, each time that it tried.
  await eve.page.close();
  eve.errors.length = 0;
});

test('a channel that is closed ends its chats; there is no new one to be had', async () => {
  const shop = await fixture.shop(silent);
  const kim = await fixture.visit(fixture.page(shop));
  await kim.opens();
  await kim.writes('Hello');
  await soon(() => kim.log.getByText(WAITING).count()).toBe(0);
  await soon(() => kim.conversationId).not.toBe('');
  await fixture.inbox.owner.call('DELETE', `/channels/${shop.channelId}`);
  await kim.panel.getByRole('alert').getByText('This chat has ended.').waitFor();
  await fixture.picture(kim.page, 'ended');
  await kim.panel.getByRole('button', { name: 'Start a new chat' }).click();
  await kim.field.waitFor();
  await kim.writes('Hello again');
  await kim.panel.getByRole('alert').getByText('This chat is not available.').waitFor();
});
