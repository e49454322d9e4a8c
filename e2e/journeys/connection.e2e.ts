import { makeProblem } from '@baton/protocol';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { Desk, signIn, type ShownMessage } from '../support/desk.ts';
import { OWNER } from '../support/product.ts';
import { PATIENCE_MS, soon } from '../support/soon.ts';
import { InboxFixture } from './inbox-fixture.ts';

const LOST = 'You’re offline. Reconnecting';

let fixture: InboxFixture;
beforeAll(async () => {
  fixture = await InboxFixture.start('Ada', 'Ben');
});
afterEach(() => fixture.clear());
afterAll(() => fixture.close());

const silent = () => ({ silence: true });

async function stored(conversationId: string): Promise<ShownMessage[]> {
  const messages = await fixture.owner.messages(conversationId);
  return messages.map(({ seq, text, delivery }) => ({ seq, text, delivery }));
}

/** How a message goes on its way may change on either side at any moment. */
async function showsWhatIsStored(desk: Desk, conversationId: string): Promise<void> {
  const same = async () => expect(await desk.shown()).toEqual(await stored(conversationId));
  await vi.waitFor(same, { timeout: PATIENCE_MS, interval: 40 });
}

test('[SEE-3] [SEND-7] shows the server’s state after a lost network and sends only current texts', async () => {
  const shop = await fixture.shop(silent, { humanPriorityWindowSeconds: 0 });
  const [ada, ben] = [await fixture.desk('Ada'), await fixture.desk('Ben')];
  const liv = await fixture.visitor(shop, 'Liv');
  await liv.says('Do you ship to Norway?');
  for (const desk of [ada, ben]) await desk.open('Liv');

  await fixture.contextOf('Ben').setOffline(true);
  await ben.page.getByText(LOST).waitFor();
  await ben.sends('No, we do not.');
  await ben.page.getByText('Waiting for the connection…').waitFor();
  await ada.sends('Yes, we do.');
  await ada.agentReplies.click();
  await liv.says('Great!');
  const max = await fixture.visitor(shop, 'Max');
  await max.says('I am new');
  await soon(() => ada.rowText('Max')).toContain('I am new');
  await soon(() => ada.state()).toBe('Agent off');
  // Nothing of this has reached him.
  expect((await ben.shown()).map(({ text }) => text)).toEqual(['Do you ship to Norway?']);
  expect(await ben.row('Max').count()).toBe(0);

  await fixture.contextOf('Ben').setOffline(false);
  await soon(() => ben.state()).toBe('Agent off');
  await showsWhatIsStored(ben, liv.conversationId);
  await soon(() => ben.rowText('Liv')).toMatch(/Great!\s+Agent off/);
  await soon(() => ben.rowText('Max')).toContain('I am new');
  await soon(() => ben.page.getByText(LOST).count()).toBe(0);
  // His text was out of date, so it waits for his decision, not for the connection.
  await ben.button('Review 1 new reply').click();
  await soon(() => ben.reply.inputValue()).toBe('No, we do not.');
  expect((await stored(liv.conversationId)).map(({ text }) => text)).not.toContain('No, we do not.');
  await ben.reply.fill('As Ada says.');
  await ben.reply.press('Enter');
  await soon(() => liv.texts()).toEqual(['Do you ship to Norway?', 'Yes, we do.', 'Great!', 'As Ada says.']);
});

test('[SEE-3] [TIME-2] the server is killed: every page says so, keeps what was written, and recovers by itself', async () => {
  const shop = await fixture.shop(silent, { humanPriorityWindowSeconds: 0 });
  const [ada, ben] = [await fixture.desk('Ada'), await fixture.desk('Ben')];
  const sol = await fixture.visitor(shop, 'Sol');
  await sol.says('Hello');
  for (const desk of [ada, ben]) await desk.open('Sol');

  await fixture.product.kill();
  for (const desk of [ada, ben]) await desk.page.getByText(LOST).waitFor();
  await sol.page.getByText('No connection.').waitFor();
  await ada.sends('One moment.');
  await ada.page.getByText('Waiting for the connection…').waitFor();
  await ben.agentReplies.click();
  await ben.page.getByText('Can’t reach Baton or its database').waitFor();
  await sol.says('Is anybody there?');
  await sol.page.getByText('Waiting to be sent').waitFor();
  await fixture.product.start();

  for (const desk of [ada, ben]) {
    await soon(() => desk.page.getByText(LOST).count()).toBe(0);
    await soon(() => desk.message('One moment.').getByText('Sent').count()).toBe(1);
    await soon(() => desk.message('Is anybody there?').count()).toBe(1);
    await showsWhatIsStored(desk, sol.conversationId);
  }
  await soon(() => ben.page.getByText('Can’t reach Baton or its database').count()).toBe(0);
  await soon(async () => (await sol.texts()).toSorted()).toEqual(['Hello', 'Is anybody there?', 'One moment.']);
  await soon(() => sol.page.getByText('Waiting to be sent').count()).toBe(0);
  await ben.sends('Here we are.');
  await soon(() => sol.texts()).toContain('Here we are.');
});

test('at a crowded door a customer waits, and what they wrote is kept', async () => {
  const shop = await fixture.shop(silent);
  const ada = await fixture.desk('Ada');
  const una = await fixture.visitor(shop, 'Una');
  // The limit itself takes 10 s to open again: here it is said once.
  const rejection = { status: 429, contentType: 'application/problem+json', json: makeProblem('rate_limited') };
  await una.page.route('**/visitors', (route) => route.fulfill(rejection), { times: 1 });
  await una.says('Is this the right place?');
  await soon(() => ada.rowText('Una')).toContain('Is this the right place?');
  await soon(() => una.page.getByText('Waiting to be sent').count()).toBe(0);
});

test('[SEE-5] signing in says what is wrong, leads back, and signing out ends every page of the session', async () => {
  const shop = await fixture.shop(silent);
  const yan = await fixture.visitor(shop, 'Yan');
  await yan.says('Before');
  const ben = await fixture.desk('Ben');
  const browser = await fixture.browser.newContext({ baseURL: fixture.product.url });
  const desk = new Desk(await browser.newPage());
  const { page } = desk;
  page.setDefaultTimeout(PATIENCE_MS);
  const where = () => new URL(page.url()).pathname;

  await page.goto(`/inbox/${yan.conversationId}`);
  for (const wrong of [
    { email: OWNER.email, password: 'not the password' },
    { email: 'nobody@example.com', password: OWNER.password },
  ]) {
    await signIn(page, wrong);
    const alert = await page.getByRole('alert').innerText();
    expect(alert).toContain('Wrong email or password.');
    await page.reload();
  }
  await signIn(page, OWNER);
  await desk.message('Before').waitFor();
  await soon(where).toBe(`/inbox/${yan.conversationId}`);

  const other = new Desk(await browser.newPage());
  await other.page.goto('/inbox');
  await soon(() => other.rowText('Yan')).toContain('Before');
  await desk.button('Sign out').click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  // The other page belongs to the same session, and nobody touched it.
  await other.page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await yan.says('After');
  await soon(() => ben.rowText('Yan')).toContain('After');
  expect([desk.heard('Before'), other.heard('After'), desk.heard('After')]).toEqual([true, false, false]);
  await page.goto('/inbox');
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  expect([...desk.errors, ...other.errors]).toEqual([]);
  await browser.close();
});

test('[HOLD-10] [HOLD-11] [TURN-11] by keyboard alone: open, take over with T, answer, hand back', async () => {
  const shop = await fixture.shop(() => ({ silence: true }), { humanPriorityWindowSeconds: 0 });
  const eve = await fixture.visitor(shop, 'Eve');
  await eve.says('Hello');
  const ada = await fixture.desk('Ada');
  const { keyboard } = ada.page;
  const reach = async (key: string, target: ReturnType<Desk['row']>) => {
    await target.waitFor();
    for (let presses = 0; presses < 30; presses += 1) {
      if (await target.evaluate((element) => element === element.ownerDocument.activeElement)) return;
      await keyboard.press(key);
    }
    throw new Error(`${key} does not reach it`);
  };

  await reach('Tab', ada.row('Eve'));
  await keyboard.press('Enter');
  await ada.message('Hello').waitFor();
  await keyboard.press('t');
  await soon(() => ada.state()).toBe('Agent off');
  await soon(() => fixture.owner.conversation(eve.conversationId)).toMatchObject({
    state: 'agentDisabled',
    assigneeId: expect.any(String) as string,
  });
  await reach('Tab', ada.reply);
  await keyboard.type('that is not the t that takes over');
  await keyboard.press('Enter');
  await soon(() => eve.texts()).toEqual(['Hello', 'that is not the t that takes over']);

  await reach('Shift+Tab', ada.button('Hand back'));
  await keyboard.press('Enter');
  await ada.dialog('Hand back').waitFor();
  await keyboard.type('Say goodbye.');
  await reach('Tab', ada.page.getByRole('dialog').getByRole('button', { name: 'Hand back' }));
  await keyboard.press('Enter');
  await soon(() => ada.state()).toBe('Agent active');
  await soon(() => shop.webhook.calls.at(-1)?.facts.at(-1)).toContain('and asks you: Say goodbye.');
});
