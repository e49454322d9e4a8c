import type { Conversation } from '@baton/protocol';
import type { Locator, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { barriers } from '../support/accessibility.ts';
import type { Desk } from '../support/desk.ts';
import { soon } from '../support/soon.ts';
import { DESKTOP } from '../support/windows.ts';
import { saying } from '../support/webhook-agent.ts';
import { InboxFixture, type Shop } from './inbox-fixture.ts';

let fixture: InboxFixture;
beforeAll(async () => {
  fixture = await InboxFixture.start('Ada', 'Ben');
});
afterEach(() => fixture.clear());
afterAll(() => fixture.close());

const settingsOf = ({ agent }: Shop) => `/settings/agents/${agent.id}`;

/** The form *Human interaction rules*. */
class RulesForm {
  private readonly form: Locator;
  constructor({ page }: { page: Page }) {
    this.form = page.getByRole('form', { name: 'Human interaction rules' });
  }
  get mute(): Locator {
    return this.form.getByRole('checkbox', { name: 'Mute when a human is active' });
  }
  get window(): Locator {
    return this.form.getByRole('textbox', { name: 'Human priority window (seconds)' });
  }
  get save(): Locator {
    return this.form.getByRole('button', { name: 'Save' });
  }
  text(): Promise<string> {
    return this.form.innerText();
  }
  async saves(): Promise<void> {
    await this.save.click();
    await this.form.getByText('Saved').waitFor();
  }
}

/** The description of a field for screen readers. */
async function descriptionOf(desk: Desk, field: Locator): Promise<string> {
  const ids = (await field.getAttribute('aria-describedby'))?.split(' ') ?? [];
  const texts = await Promise.all(ids.map((id) => desk.page.locator(`#${id}`).innerText()));
  return texts.join(' ');
}

test('[HOLD-6] [HOLD-13] both settings are found, explained and validated at their field', async () => {
  const shop = await fixture.shop(() => saying('Hello.'), { humanPriorityWindowSeconds: 30 });
  const owner = await fixture.desk('Owner');
  await owner.page.getByRole('link', { name: 'Settings' }).click();
  await owner.page.getByRole('link', { name: /^Robin/ }).click();
  const rules = new RulesForm(owner);
  await rules.window.waitFor();
  expect(await rules.text()).toContain('Agent settings › Agent › Messages › Human interaction rules');
  expect(await rules.mute.isChecked()).toBe(true);
  expect(await rules.text()).toContain('Recommended: on');
  expect(await descriptionOf(owner, rules.mute)).toContain('from a teammate’s first keystroke until they send or stop');
  expect(await rules.window.inputValue()).toBe('30');
  expect(await descriptionOf(owner, rules.window)).toMatch(/stays quiet after a teammate’s message.*up to 86,400/);

  for (const wrong of ['86401', '2.5', '-1', '', 'soon']) {
    await rules.window.fill(wrong);
    expect(await descriptionOf(owner, rules.window), wrong).toContain('Enter a whole number from 0 to 86,400.');
    expect(await rules.window.getAttribute('aria-invalid')).toBe('true');
    expect(await rules.save.isDisabled()).toBe(true);
    await rules.window.press('Enter');
  }
  expect(await rulesOf(shop)).toMatchObject({ humanPriorityWindowSeconds: 30 });
  for (const humanPriorityWindowSeconds of [86_401, 2.5]) {
    const refused = fixture.owner.setRules(shop.agent.id, { humanPriorityWindowSeconds });
    await expect(refused).rejects.toMatchObject({ status: 422 });
  }

  await rules.window.fill('86400');
  expect(await rules.window.getAttribute('aria-invalid')).toBeNull();
  await rules.saves();
  expect(await rulesOf(shop)).toMatchObject({ humanPriorityWindowSeconds: 86_400, muteWhenHumanActive: true });
  await rules.mute.uncheck();
  await rules.window.fill('0');
  expect(await rules.text()).toContain('Only a conversation’s Agent replies switch stops it.');
  await rules.saves();
  expect(await rulesOf(shop)).toMatchObject({ humanPriorityWindowSeconds: 0, muteWhenHumanActive: false });

  const ada = await fixture.desk('Ada', { path: settingsOf(shop) });
  const readOnly = new RulesForm(ada);
  await soon(() => readOnly.text()).toContain('Only supervisors and owners can change this.');
  expect([await readOnly.window.isDisabled(), await readOnly.mute.isDisabled()]).toEqual([true, true]);
  expect(await readOnly.save.count()).toBe(0);
});

function rulesOf({ agent }: Shop): Promise<unknown> {
  return fixture.owner.call('GET', `/agents/${agent.id}/human-interaction-rules`);
}

test('[HOLD-12] a saved window applies at once to one that is running', async () => {
  const shop = await fixture.shop(({ waiting }) => saying(`Answer to: ${waiting.map(({ text }) => text).join()}`), {
    humanPriorityWindowSeconds: 600,
  });
  const [ada, owner] = [await fixture.desk('Ada'), await fixture.desk('Owner', { path: settingsOf(shop) })];
  const rules = new RulesForm(owner);
  const noe = await fixture.visitor(shop, 'Noe');
  await noe.says('Hello');
  await soon(() => noe.texts()).toHaveLength(2);
  await ada.open('Noe');
  await ada.sends('I will find out.');
  await soon(() => ada.countdown()).toBeGreaterThan(500);
  await noe.says('Any news?');
  await soon(() => ada.message('Any news?').count()).toBe(1);

  await rules.window.fill('3600');
  await rules.saves();
  await soon(() => ada.countdown()).toBeGreaterThan(3_500);
  expect(shop.webhook.calls).toHaveLength(1);
  await rules.window.fill('0');
  await rules.saves();
  await soon(() => ada.state()).toBe('Agent active');
  await soon(() => noe.texts()).toEqual([
    'Hello',
    'Answer to: Hello',
    'I will find out.',
    'Any news?',
    'Answer to: Any news?',
  ]);
  // An ended window stays ended.
  await rules.window.fill('3600');
  await rules.saves();
  expect(await fixture.owner.conversation(noe.conversationId)).toMatchObject({ state: 'agentActive', resumesAt: null });
  await soon(() => ada.state()).toBe('Agent active');
});

test('[HOLD-12] [HOLD-3] mute turned off releases an agent that a writer holds, and turned on takes it', async () => {
  const shop = await fixture.shop(() => saying('Hello.'));
  const [ada, ben] = [await fixture.desk('Ada'), await fixture.desk('Ben')];
  const owner = await fixture.desk('Owner', { path: settingsOf(shop) });
  const rules = new RulesForm(owner);
  const ray = await fixture.visitor(shop, 'Ray');
  await ray.says('Hello');
  await soon(() => ray.texts()).toHaveLength(2);
  for (const desk of [ada, ben]) await desk.open('Ray');
  await ada.reply.press('A');
  await soon(() => ben.state()).toBe('Teammate typing');
  await rules.mute.uncheck();
  await rules.saves();
  await soon(() => ben.state()).toBe('Agent active');
  await soon(() => ben.presence()).toContain('Ada is typing…');
  // She is still at it, however long all this took.
  await ada.reply.press('n');
  await rules.mute.check();
  await rules.saves();
  await soon(() => ben.head()).toMatch(/Teammate typing\s+Ada/);
});

test('[HOLD-18] [SEE-2] an agent is paused everywhere in the middle of its thoughts, and the page says so', async () => {
  const answers = [new Promise(() => {}), saying('Here I am again.')];
  const shop = await fixture.shop(() => answers.shift());
  const [ada, owner] = [await fixture.desk('Ada'), await fixture.desk('Owner', { path: settingsOf(shop) })];
  const kim = await fixture.visitor(shop, 'Kim');
  await kim.says('Hello');
  await ada.open('Kim');
  await soon(() => shop.webhook.calls).toHaveLength(1);
  await owner.button('Pause everywhere').click();
  await soon(() => shop.webhook.aborted).toBe(1);
  await soon(() => ada.why()).toMatch(/paused this agent\. An owner or supervisor can resume it.* Then it answers/);
  expect(await ada.state()).toBe('Agent active');
  await kim.says('Still there?');
  await soon(() => ada.rowText('Kim')).toMatch(/Still there\?[^]*Waiting/);
  expect(shop.webhook.calls).toHaveLength(1);
  await owner.button('Resume').click();
  await soon(() => kim.texts()).toEqual(['Hello', 'Still there?', 'Here I am again.']);
  await soon(() => ada.why()).toBe('');
});

test('an agent is asked something from its settings, and says why it cannot answer', async () => {
  const answers = [saying('It is on its way.'), { status: 503 }];
  const shop = await fixture.shop(() => answers.shift());
  const owner = await fixture.desk('Owner', { path: settingsOf(shop) });
  const said = () => owner.page.getByRole('region', { name: 'Test the agent' }).getByRole('status').innerText();
  await owner.page.getByLabel('Test question').fill('Where is my order?');
  await owner.button('Ask').click();
  await soon(said).toMatch(/Reply[^]*It is on its way\./);
  expect(shop.webhook.calls[0]?.waiting.map(({ text }) => text)).toEqual(['Where is my order?']);
  await owner.button('Ask').click();
  await soon(said).toMatch(/No answer[^]*exactly one of reply/);
  expect(await barriers(owner.page)).toEqual([]);
  const { items } = await fixture.owner.call<{ items: Conversation[] }>('GET', '/conversations');
  expect(items.filter(({ agentId }) => agentId === shop.agent.id)).toEqual([]);

  const ada = await fixture.desk('Ada', { path: settingsOf(shop) });
  await ada.page.getByRole('heading', { name: 'Backend' }).waitFor();
  expect(await ada.page.getByLabel('Test question').count()).toBe(0);
});

test('people change their name and preferences on their own page', async () => {
  const ben = await fixture.desk('Ben', { path: '/settings/profile' });
  const name = ben.page.getByLabel('Name', { exact: true });
  await name.fill('Benjamin');
  await ben.button('Save').click();
  await ben.page.getByText('Saved. Reload other tabs').waitFor();
  await ben.page.getByLabel('Current password').fill('not this one');
  await ben.page.getByLabel('New password').fill('another good one');
  await ben.button('Change password').click();
  await ben.page.getByText('Current password is wrong.').waitFor();
  await ben.page.getByLabel('Undo for 5 s after sending').check();
  await ben.page.getByLabel('Single-key shortcuts').uncheck();
  await ben.button('Sign out everywhere else').click();
  await ben.page.getByText('signed out everywhere else.').waitFor();
  expect(await barriers(ben.page)).toEqual([]);

  const again = await fixture.desk('Ben', { path: '/settings/profile' });
  await soon(() => again.page.getByLabel('Name', { exact: true }).inputValue()).toBe('Benjamin');
  await soon(() => again.page.getByLabel('Undo for 5 s after sending').isChecked()).toBe(true);
  await soon(() => again.page.getByLabel('Single-key shortcuts').isChecked()).toBe(false);
});

test('a channel tells what came in and went out, and what did not arrive', async () => {
  const shop = await fixture.shop(() => saying('Hello.'));
  const guest = await fixture.visitor(shop, 'Uma');
  await guest.says('Hi');
  await soon(() => guest.texts()).toHaveLength(2);
  const owner = await fixture.desk('Owner', { path: '/settings/channels' });
  const card = owner.page.getByRole('article').filter({ hasText: shop.channelId });
  await card.getByText('Recent activity').click();
  await soon(() => card.innerText()).toMatch(/Last message in[^]*20\d\d[^]*Last message out[^]*20\d\d/);
  expect(await card.innerText()).toContain('No recent problems');
  expect(await barriers(owner.page)).toEqual([]);
});

test('a new web chat channel shows at once what to paste into a website', async () => {
  await fixture.shop(() => saying('Hello.'));
  const { page } = await fixture.desk('Owner', { path: '/settings/channels' });
  const form = page.locator('form', { has: page.getByRole('heading', { name: 'New channel' }) });
  await form.getByLabel('Name', { exact: true }).fill('New site');
  await page.getByRole('button', { name: 'Create channel' }).click();
  const card = page.getByRole('article', { name: 'New site' });
  await card.getByText('<baton-chat channel=').waitFor();
  expect(await card.getByRole('link', { name: 'Open chat page' }).getAttribute('href')).toContain('/chat/');
});

test('scrolls a new secret into view and copies it with one key', async () => {
  for (let made = 0; made < 4; made += 1) await fixture.shop(() => saying('Hello.'));
  const { page } = await fixture.desk('Owner', { path: '/settings/channels' });
  const form = page.locator('form', { has: page.getByRole('heading', { name: 'New channel' }) });
  await form.getByLabel('Kind').selectOption('HTTP');
  await form.getByLabel('Name', { exact: true }).fill('Till');
  await page.getByRole('button', { name: 'Create channel' }).click();
  const copy = page.getByRole('button', { name: 'Copy: Inbound secret' });
  await copy.and(page.locator(':focus')).waitFor();
  for (const name of ['Inbound secret', 'Signing secret']) {
    const place = async () => (await page.getByText(name, { exact: true }).boundingBox())?.y;
    await soon(place).toSatisfy((y: number) => y > 0 && y < DESKTOP.height, name);
  }
  expect(await barriers(page)).toEqual([]);
});
