import { afterAll, afterEach, beforeAll, test } from 'vitest';
import { soon } from '../support/soon.ts';
import { saying } from '../support/webhook-agent.ts';
import { InboxFixture } from './inbox-fixture.ts';

let fixture: InboxFixture;
beforeAll(async () => {
  fixture = await InboxFixture.start('Ada', 'Ben');
});
afterEach(() => fixture.clear());
afterAll(() => fixture.close());

test('[SEE-1] a row shows who holds, who looks and who writes, and its window runs down', async () => {
  const shop = await fixture.shop(() => saying('Hello.'), { humanPriorityWindowSeconds: 60 });
  const [ada, owner] = [await fixture.desk('Ada'), await fixture.desk('Owner')];
  const mia = await fixture.visitor(shop, 'Mia');
  await mia.says('Hi');
  await soon(() => mia.texts()).toContain('Hello.');
  await ada.open('Mia');
  await soon(() => owner.rowText('Mia')).toContain('Viewing: Ada');
  await ada.reply.press('H');
  await soon(() => owner.rowText('Mia')).toContain('Typing: Ada');
  await ada.reply.press('Enter');
  const ring = owner.row('Mia').locator('[data-share]');
  await soon(() => ring.count()).toBe(1);
  await soon(async () => Number(await ring.getAttribute('data-share'))).toBeLessThan(1);
});

test('the list is filtered by holder, and the filter is a link', async () => {
  const shop = await fixture.shop(() => ({ silence: true }));
  const ben = await fixture.desk('Ben');
  const [kim, lou] = [await fixture.visitor(shop, 'Kim'), await fixture.visitor(shop, 'Lou')];
  await kim.says('One');
  await lou.says('Two');
  await ben.open('Kim');
  await ben.button('Take over').click();
  await soon(() => ben.state()).toBe('Agent off');
  await ben.list.getByRole('button', { name: 'Filters' }).click();
  await ben.list.getByLabel('Handled by').selectOption('The agent');
  await soon(() => ben.page.url()).toContain('holder=agent');
  await soon(() => ben.row('Kim').count()).toBe(0);
  await ben.row('Lou').waitFor();
});

test('what came while one was away stands below a line, and what one sends is there at once', async () => {
  const shop = await fixture.shop(() => ({ silence: true }));
  const [ada, ben] = [await fixture.desk('Ada'), await fixture.desk('Ben')];
  const [noa, pia] = [await fixture.visitor(shop, 'Noa'), await fixture.visitor(shop, 'Pia')];
  await noa.says('First');
  await pia.says('Other');
  await ada.open('Noa');
  await ada.open('Pia');
  await noa.says('Second');
  await soon(() => ada.rowText('Noa')).toContain('1 unread');
  await ada.open('Noa');
  await soon(() => ada.thread.locator('[data-new]').innerText()).toBe('New');
  await soon(() => ada.thread.innerText()).toMatch(/First[^]*New[^]*Second/);

  await ben.open('Noa');
  const answered = Promise.withResolvers<void>();
  await ben.page.route('**/messages', async (route) => {
    await answered.promise;
    await route.continue();
  });
  await ben.sends('Good morning');
  await ben.thread.locator('[data-pending]').filter({ hasText: 'Good morning' }).waitFor();
  answered.resolve();
  await ben.message('Good morning').waitFor();
  await soon(() => ben.thread.locator('[data-pending]').count()).toBe(0);
});
