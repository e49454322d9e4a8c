import type { OutgoingMessage } from '@baton/protocol';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { HttpCustomer } from '../support/api.ts';
import { answerJson, listen } from '../support/listener.ts';
import { soon } from '../support/soon.ts';
import { saying } from '../support/webhook-agent.ts';
import { InboxFixture } from './inbox-fixture.ts';

let fixture: InboxFixture;
beforeAll(async () => {
  fixture = await InboxFixture.start('Ada', 'Ben');
});
afterEach(() => fixture.clear());
afterAll(() => fixture.close());

test('[HOLD-14] [SEE-1] [HOLD-5] two write at once: each sees the other, and the agent waits for the last one', async () => {
  const shop = await fixture.shop(({ waiting }) => saying(`Answer to: ${waiting.map(({ text }) => text).join(' ')}`));
  const [ada, ben, owner] = [await fixture.desk('Ada'), await fixture.desk('Ben'), await fixture.desk('Owner')];
  const uma = await fixture.visitor(shop, 'Uma');
  await uma.says('Hello');
  await soon(() => uma.texts()).toContain('Answer to: Hello');
  for (const desk of [ada, ben]) await desk.open('Uma');
  await soon(() => ada.presence()).toContain('Ben is viewing');

  await ada.reply.press('A');
  await soon(() => ben.presence()).toContain('Ada is typing…');
  await soon(() => ben.head()).toMatch(/Teammate typing\s+Ada/);
  await soon(() => owner.rowText('Uma')).toMatch(/Teammate typing\s+Handled by\s+Ada/);
  await ben.reply.press('B');
  await soon(() => ada.presence()).toContain('Ben is typing…');
  await soon(() => ada.head()).toMatch(/Teammate typing\s+Ben and you/);
  await soon(() => owner.rowText('Uma')).toMatch(/Handled by\s+(Ada and Ben|Ben and Ada)/);

  await uma.says('Are you there?');
  await soon(() => ben.message('Are you there?').count()).toBe(1);
  await ada.reply.press('Backspace');
  await soon(() => ben.presence()).not.toContain('Ada is typing…');
  await soon(() => ada.head()).toMatch(/Teammate typing\s+Ben/);
  expect(shop.webhook.calls).toHaveLength(1);
  await ben.reply.press('Backspace');
  await soon(() => uma.texts()).toContain('Answer to: Are you there?');
  for (const desk of [ada, ben]) await soon(() => desk.state()).toBe('Agent active');
  expect(shop.webhook.calls).toHaveLength(2);
});

test('[SEE-2] why the agent is silent stands in words, for everybody, in every state', async () => {
  const shop = await fixture.shop(
    ({ waiting }) =>
      waiting.at(-1)?.text === 'A person, please'
        ? { handoff: { reason: 'asked for a person' } }
        : saying('Here I am.'),
    { humanPriorityWindowSeconds: 600 },
  );
  const [ada, ben] = [await fixture.desk('Ada'), await fixture.desk('Ben')];
  const ida = await fixture.visitor(shop, 'Ida');
  await ida.says('Hello');
  await soon(() => ida.texts()).toContain('Here I am.');
  for (const desk of [ada, ben]) await desk.open('Ida');
  await soon(() => ben.state()).toBe('Agent active');
  expect(await ben.why()).toBe('');

  await ada.reply.press('H');
  await soon(() => ben.why()).toMatch(/Ada is typing, so the agent is paused\. It’s back when nobody is typing/);
  await soon(() => ada.why()).toContain('You’re typing, so the agent is paused.');
  await ada.reply.press('Enter');
  await soon(() => ben.why()).toMatch(/Ada just replied\. The agent stays quiet for another \d+:\d\d\./);
  await ada.agentReplies.click();
  await soon(() => ben.why()).toMatch(/Ada turned the agent off here\. The agent is off until someone hands back/);
  await soon(() => ben.row('Ida').getAttribute('title')).toContain('Ada turned the agent off');
  await ben.agentReplies.click();
  await soon(() => ada.why()).toBe('');
  await ida.says('A person, please');
  for (const desk of [ada, ben]) {
    await soon(() => desk.why()).toMatch(/The agent asked for help\. .*The customer is waiting for a teammate\./);
    await soon(() => desk.state()).toBe('Agent off');
  }
});

test('[SEND-7] a reply that lands while one writes turns Send into Review', async () => {
  const shop = await fixture.shop(() => ({ silence: true }), { humanPriorityWindowSeconds: 0 });
  const [ada, ben] = [await fixture.desk('Ada'), await fixture.desk('Ben')];
  const eli = await fixture.visitor(shop, 'Eli');
  await eli.says('What does it cost?');
  for (const desk of [ada, ben]) await desk.open('Eli');

  await ada.reply.pressSequentially('It costs 10.');
  await ben.sends('It costs 12.');
  await ada.button('Review 1 new reply').waitFor();
  expect(await ada.button('Send').count()).toBe(0);
  await ada.reply.press('Enter');
  await ada.button('Send').waitFor();
  await soon(() => ada.reply.inputValue()).toBe('It costs 10.');
  await ada.reply.fill('As Ben says: 12.');
  await ada.reply.press('Enter');

  const texts = ['What does it cost?', 'It costs 12.', 'As Ben says: 12.'];
  await soon(() => eli.texts()).toEqual(texts);
  for (const desk of [ada, ben]) await soon(async () => (await desk.shown()).map(({ text }) => text)).toEqual(texts);
  expect(await ada.reply.inputValue()).toBe('');
});

test('[SEND-8] what can still be undone is a lease of its writer, and not a message', async () => {
  const shop = await fixture.shop(({ waiting }) => saying(`Answer to ${waiting.length}`));
  const preferences = await fixture.desk('Ada', { path: '/settings/profile' });
  await preferences.page.getByLabel('Undo for 5 s after sending').check();
  const [ada, ben] = [await fixture.desk('Ada'), await fixture.desk('Ben')];
  const oli = await fixture.visitor(shop, 'Oli');
  await oli.says('Hello');
  await soon(() => oli.texts()).toHaveLength(2);
  for (const desk of [ada, ben]) await desk.open('Oli');
  await ada.reply.pressSequentially('Too early');
  await oli.says('Anyone?');
  await soon(() => ben.message('Anyone?').count()).toBe(1);
  await soon(() => ben.state()).toBe('Teammate typing');
  await ada.reply.press('Enter');
  await ada.button('Undo').waitFor();
  expect([await ben.state(), await ben.message('Too early').count()]).toEqual(['Teammate typing', 0]);
  await ada.button('Undo').click();
  await soon(() => ada.reply.inputValue()).toBe('Too early');
  await ada.reply.fill('');
  await soon(() => oli.texts()).toEqual(['Hello', 'Answer to 1', 'Anyone?', 'Answer to 1']);
  // One lease, from the first letter to the emptied field.
  const events = (await fixture.owner.transitions(oli.conversationId)).map(({ event }) => event.type);
  expect(events.filter((type) => type.startsWith('human.'))).toEqual(['human.typing', 'human.stopped']);
  await preferences.page.getByLabel('Undo for 5 s after sending').uncheck();
});

test('[HOLD-15] [SEE-4] a note mutes nothing, and its customer never sees it being written', async () => {
  const answer = Promise.withResolvers<unknown>();
  const shop = await fixture.shop(() => answer.promise);
  const [ada, ben] = [await fixture.desk('Ada'), await fixture.desk('Ben')];
  const ron = await fixture.visitor(shop, 'Ron');
  await ron.says('I am angry');
  for (const desk of [ada, ben]) await desk.open('Ron');
  await soon(() => ron.typing()).toBe('Robin is typing…');

  await ada.page.getByRole('radio', { name: 'Note' }).click();
  await ada.note.pressSequentially('Careful, he is angry.');
  await soon(() => ben.presence()).toContain('Ada is typing…');
  expect(await ben.state()).toBe('Agent active');
  await ada.note.press('Enter');
  await soon(() => ben.message('Careful, he is angry.').count()).toBe(1);
  await soon(() => ben.presence()).not.toContain('typing');
  expect(await ben.state()).toBe('Agent active');
  expect(shop.webhook.aborted).toBe(0);
  answer.resolve(saying('I am sorry.'));

  await soon(() => ron.texts()).toEqual(['I am angry', 'I am sorry.']);
  await ron.says('All right');
  await soon(() => ron.texts()).toHaveLength(4);
  expect(ron.typists.filter((name) => name !== 'Robin')).toEqual([]);
  expect(JSON.stringify(shop.webhook.calls)).not.toContain('Careful');
  const events = (await fixture.owner.transitions(ron.conversationId)).map(({ event }) => event.type);
  expect(events.filter((type) => type.startsWith('human.'))).toEqual([]);
});

test('[SEE-4] [HOLD-3] the customer sees only the holder typing: first the agent, then each person', async () => {
  const shop = await fixture.shop(() => new Promise(() => {}), { humanPriorityWindowSeconds: 600 });
  const [ada, ben] = [await fixture.desk('Ada'), await fixture.desk('Ben')];
  const pia = await fixture.visitor(shop, 'Pia');
  await pia.says('Hello');
  for (const desk of [ada, ben]) await desk.open('Pia');
  await soon(() => pia.typing()).toBe('Robin is typing…');
  await ada.reply.press('H');
  await soon(() => pia.typing()).toBe('Ada is typing…');
  await ada.reply.press('Enter');
  await soon(() => pia.typing()).toBe('');
  await soon(() => ben.state()).toBe('Team first');
  await ben.reply.press('Y');
  await soon(() => pia.typing()).toBe('Ben is typing…');
  await ben.reply.press('Backspace');
  await soon(() => pia.typing()).toBe('');
  expect(pia.typists).toEqual(['Robin', 'Ada', 'Ben']);
});

test('[HOLD-13] [SEE-4] with mute off, typing is shown to the team and mutes nothing', async () => {
  const answer = Promise.withResolvers<unknown>();
  const shop = await fixture.shop(() => answer.promise, { muteWhenHumanActive: false });
  const [ada, ben] = [await fixture.desk('Ada'), await fixture.desk('Ben')];
  const tom = await fixture.visitor(shop, 'Tom');
  await tom.says('Hello');
  for (const desk of [ada, ben]) await desk.open('Tom');
  await soon(() => shop.webhook.calls).toHaveLength(1);
  await ada.reply.press('H');
  await soon(() => ben.presence()).toContain('Ada is typing…');
  expect(await ben.state()).toBe('Agent active');
  answer.resolve(saying('Hello Tom.'));
  await soon(() => tom.texts()).toEqual(['Hello', 'Hello Tom.']);
  // The agent was faster: Ada is told before she sends.
  await ada.button('Review 1 new reply').waitFor();
  expect(tom.typists).toEqual(['Robin']);
  expect(shop.webhook.aborted).toBe(0);
});

test('[SEND-3] [SEND-4] [SEND-5] a reply that was taken over is withheld, until a teammate sends it as their own', async () => {
  const shop = await fixture.shop(({ waiting }) => saying(`Answer to ${waiting.map(({ text }) => text).join()}`));
  const provider = Promise.withResolvers<void>();
  const received: OutgoingMessage[] = [];
  const callback = await listen(async (body, _request, response) => {
    received.push(body as OutgoingMessage);
    await provider.promise;
    answerJson(response, {});
  });
  const { channel, inboundSecret } = await fixture.owner.createChannel(shop.agent.id, callback.url);
  const customer = new HttpCustomer(fixture.product.url, channel.id, inboundSecret, 'zoe');
  const [ada, ben] = [await fixture.desk('Ada'), await fixture.desk('Ben')];
  await customer.write('One');
  for (const desk of [ada, ben]) await desk.open('Customer zoe');

  // The provider has the first reply and says nothing, so the second one waits its turn.
  await ben.message('Answer to One').getByText('Sending').waitFor();
  await customer.write('Two');
  await ben.message('Answer to Two').getByText('Queued').waitFor();
  await ada.agentReplies.click();
  for (const desk of [ada, ben]) {
    await desk.message('Answer to Two').getByText('Not sent: a teammate took over').waitFor();
    await desk.message('Answer to One').getByText('Sending').waitFor();
  }
  // Its patience with a provider ends after 15 s.
  provider.resolve();
  await ada.message('Answer to Two').getByRole('button', { name: 'Edit' }).click();
  await soon(() => ada.reply.inputValue()).toBe('Answer to Two');
  await ada.reply.fill('');
  await ben.message('Answer to One').getByText('Sent').waitFor();
  expect(received.map(({ text }) => text)).toEqual(['Answer to One']);

  await ben.message('Answer to Two').getByRole('button', { name: 'Send anyway' }).click();
  for (const desk of [ada, ben]) {
    await soon(() => desk.shown()).toEqual([
      { seq: 1, text: 'One', delivery: null },
      { seq: 2, text: 'Answer to One', delivery: 'sent' },
      { seq: 3, text: 'Two', delivery: null },
      { seq: 4, text: 'Answer to Two', delivery: 'withheld' },
      { seq: 5, text: 'Answer to Two', delivery: 'sent' },
    ]);
  }
  expect(received.map(({ text, author }) => [text, author.kind])).toEqual([
    ['Answer to One', 'agent'],
    ['Answer to Two', 'teammate'],
  ]);
  for (const desk of [ada, ben]) {
    await soon(() => desk.page.getByRole('button', { name: 'Send anyway' }).count()).toBe(0);
  }
  expect((await fixture.owner.messages(received[0]!.conversationId)).at(-1)?.author.name).toBe('Ben');
  await callback.close();
});

test('[SEND-2] [SEND-6] what the channel refused of a teammate goes again at a press of Retry, once', async () => {
  const shop = await fixture.shop(() => saying('Hello.'));
  const received: string[] = [];
  let refuses = true;
  const callback = await listen((body, _request, response) => {
    const { text, author } = body as OutgoingMessage;
    response.statusCode = author.kind === 'teammate' && refuses ? 422 : 200;
    if (response.statusCode === 200) received.push(text);
    response.end('{}');
  });
  const { channel, inboundSecret } = await fixture.owner.createChannel(shop.agent.id, callback.url);
  const customer = new HttpCustomer(fixture.product.url, channel.id, inboundSecret, 'ivo');
  const [ada, ben] = [await fixture.desk('Ada'), await fixture.desk('Ben')];
  await customer.write('Hi');
  for (const desk of [ada, ben]) await desk.open('Customer ivo');
  // She writes when the agent is done: it would be silent, or she would be asked to look first.
  await ada.message('Hello.').getByText('Sent').waitFor();
  await ada.sends('We are open.');
  for (const desk of [ada, ben])
    await desk.message('We are open.').getByText('Not delivered: the channel rejected it').waitFor();

  refuses = false;
  await ben.message('We are open.').getByRole('button', { name: 'Retry' }).click();
  for (const desk of [ada, ben]) {
    await soon(async () => (await desk.shown()).map(({ text, delivery }) => [text, delivery])).toEqual([
      ['Hi', null],
      ['Hello.', 'sent'],
      ['We are open.', 'failed'],
      ['We are open.', 'sent'],
    ]);
    await soon(() => desk.page.getByRole('button', { name: 'Retry' }).count()).toBe(0);
  }
  expect(received).toEqual(['Hello.', 'We are open.']);
  await callback.close();
});
