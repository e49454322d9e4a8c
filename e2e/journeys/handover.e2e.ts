import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { soon } from '../support/soon.ts';
import { saying } from '../support/webhook-agent.ts';
import { InboxFixture } from './inbox-fixture.ts';

const HOUR_MS = 3_600_000;

let fixture: InboxFixture;
beforeAll(async () => {
  fixture = await InboxFixture.start('Ada', 'Ben', 'Cleo');
});
afterEach(() => fixture.clear());
afterAll(() => fixture.close());

const forever = () => new Promise(() => {});

test('[SEE-1] the agent answers a customer, and every inbox shows it live', async () => {
  const answer = Promise.withResolvers<unknown>();
  const shop = await fixture.shop(() => answer.promise);
  const [ada, ben] = [await fixture.desk('Ada'), await fixture.desk('Ben')];
  const mia = await fixture.visitor(shop, 'Mia');

  await mia.says('Where is my parcel?');
  for (const desk of [ada, ben]) {
    await soon(() => desk.rowText('Mia')).toMatch(/Where is my parcel\?[^]*Agent active[^]*Waiting/);
  }
  await ada.open('Mia');
  await soon(() => mia.typing()).toBe('Robin is typing…');
  answer.resolve(saying('It comes tomorrow.'));

  await soon(() => mia.texts()).toEqual(['Where is my parcel?', 'It comes tomorrow.']);
  await soon(() => mia.typing()).toBe('');
  await soon(() => ada.shown()).toEqual([
    { seq: 1, text: 'Where is my parcel?', delivery: null },
    { seq: 2, text: 'It comes tomorrow.', delivery: 'sent' },
  ]);
  for (const desk of [ada, ben]) {
    await soon(() => desk.rowText('Mia')).toContain('Agent: It comes tomorrow.');
    await soon(() => desk.rowText('Mia')).not.toContain('Waiting');
  }
});

test('[HOLD-3] [TURN-3] the first keystroke mutes an agent in the middle of its thoughts', async () => {
  const shop = await fixture.shop(forever);
  const [ada, ben] = [await fixture.desk('Ada'), await fixture.desk('Ben')];
  const noa = await fixture.visitor(shop, 'Noa');
  await noa.says('Can I change my address?');
  await ada.open('Noa');
  await ben.open('Noa');
  await soon(() => shop.webhook.calls).toHaveLength(1);
  expect(shop.webhook.aborted).toBe(0);

  await ada.reply.press('Y');
  // It thinks for ever, and would be cut off after a minute: this is because of the key.
  await soon(() => shop.webhook.aborted).toBe(1);
  for (const desk of [ada, ben]) {
    await soon(() => desk.state()).toBe('Teammate typing');
    await soon(() => desk.rowText('Noa')).toContain('Teammate typing');
  }
  await ada.sends('es, here is how.');

  await soon(() => noa.texts()).toEqual(['Can I change my address?', 'Yes, here is how.']);
  // The window ends with nobody waiting: the agent has nothing to say, then or later.
  await soon(() => ben.state()).toBe('Agent active');
  expect(shop.webhook.calls).toHaveLength(1);
  const messages = await fixture.owner.messages(noa.conversationId);
  expect(messages.map(({ author }) => author.kind)).toEqual(['customer', 'teammate']);
});

test('[HOLD-6] [HOLD-8] [TIME-1] the window counts down by the server’s clock, and what waited is answered once at its end', async () => {
  const shop = await fixture.shop(({ waiting }) => saying(`An answer to ${waiting.length}.`), {
    humanPriorityWindowSeconds: 8,
  });
  const ada = await fixture.desk('Ada');
  const ben = await fixture.desk('Ben', { clockAheadMs: HOUR_MS });
  const lea = await fixture.visitor(shop, 'Lea');
  await lea.says('Hello?');
  await soon(() => lea.texts()).toContain('An answer to 1.');
  await ada.open('Lea');
  await ben.open('Lea');

  const atFirst = ben.page.getByRole('timer').first().innerText();
  await ada.sends('A person is here.');
  await soon(() => ben.state()).toBe('Team first');
  // Not 0:09, as if it had been counting since before it began.
  expect(await atFirst).toMatch(/^0:0[1-8]$/);
  await lea.says('First question');
  await lea.says('Second question');
  const { resumesAt } = await fixture.owner.conversation(lea.conversationId);
  const end = Date.parse(resumesAt ?? '');
  const shown: number[] = [];
  const wrongBy: number[] = [];
  await soon(async () => {
    const left = await ben.countdown();
    if (left !== null) {
      wrongBy.push(Math.abs(left - (end - Date.now()) / 1_000));
      if (left !== shown.at(-1)) shown.push(left);
    }
    return ben.state();
  }).toBe('Agent active');

  // Shown anew twice a second, and rounded up; the page and this look at it may each have been late, but not always.
  expect(Math.min(...wrongBy)).toBeLessThan(2);
  expect(shown.length).toBeGreaterThan(1);
  expect(shown).toEqual(shown.toSorted((a, b) => b - a));
  expect(Date.now()).toBeGreaterThanOrEqual(end);
  await soon(() => lea.texts()).toContain('An answer to 2.');
  for (const desk of [ada, ben]) await soon(async () => (await desk.shown()).at(-1)?.text).toBe('An answer to 2.');
  expect(shop.webhook.calls.map(({ waiting }) => waiting.map(({ text }) => text))).toEqual([
    ['Hello?'],
    ['First question', 'Second question'],
  ]);
  expect(await lea.texts()).toHaveLength(6);
});

test('[HOLD-10] [HOLD-11] [TURN-10] [TURN-11] switched off, written by hand, handed back with an instruction', async () => {
  const shop = await fixture.shop(() => saying('The agent is back.'), { humanPriorityWindowSeconds: 0 });
  const [ada, ben] = [await fixture.desk('Ada'), await fixture.desk('Ben')];
  const kai = await fixture.visitor(shop, 'Kai');
  await kai.says('Hello');
  await soon(() => kai.texts()).toHaveLength(2);
  await ada.open('Kai');
  await ben.open('Kai');

  await ada.agentReplies.click();
  for (const desk of [ada, ben]) {
    await soon(() => desk.state()).toBe('Agent off');
    await soon(() => desk.agentReplies.getAttribute('aria-checked')).toBe('false');
    await soon(() => desk.rowText('Kai')).toContain('Agent off');
  }
  await kai.says('I want a refund');
  await soon(() => ada.message('I want a refund').count()).toBe(1);
  await ada.sends('Let me see.');
  await soon(() => kai.texts()).toContain('Let me see.');
  await kai.says('Thank you');
  await soon(() => ben.rowText('Kai')).toContain('Thank you');
  expect(shop.webhook.calls).toHaveLength(1);

  await ada.handsBack('Offer a voucher of 10 euros.');
  await soon(() => kai.texts()).toEqual([
    'Hello',
    'The agent is back.',
    'I want a refund',
    'Let me see.',
    'Thank you',
    'The agent is back.',
  ]);
  for (const desk of [ada, ben]) await soon(() => desk.state()).toBe('Agent active');
  const cleo = await fixture.desk('Cleo');
  await cleo.open('Kai');
  for (const [desk, by] of [
    [ada, 'You'],
    [ben, 'Ada'],
    [cleo, 'Ada'],
  ] as const) {
    const words = new RegExp(
      `Thank you\\s+Handed back with an instruction ·\\s+${by}\\s.*\\s+Offer a voucher of 10 euros\\.\\s+Robin`,
    );
    await soon(() => desk.thread.innerText()).toMatch(words);
  }
  const [, call] = shop.webhook.calls;
  expect(shop.webhook.calls).toHaveLength(2);
  expect(call?.waiting.map(({ text }) => text)).toEqual(['Thank you']);
  expect(call?.facts).toEqual([
    expect.stringMatching(/^Ada took over this conversation/),
    expect.stringMatching(/^Ada handed this conversation back .* and asks you: Offer a voucher of 10 euros\.$/),
  ]);
});
