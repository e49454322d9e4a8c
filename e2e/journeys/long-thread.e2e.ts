import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { Api } from '../support/api.ts';
import { soon } from '../support/soon.ts';
import { InboxFixture } from './inbox-fixture.ts';

const LONG = 5_000;
/** Messages in the page at most, and what else stands around them. */
const MAX_SHOWN = 400;
const MAX_ELEMENTS = 4_000;

let fixture: InboxFixture;
let conversationId: string;
beforeAll(async () => {
  fixture = await InboxFixture.start('Ada');
  const shop = await fixture.shop(() => ({ silence: true }));
  const { channel, inboundSecret } = await fixture.owner.createChannel(shop.agent.id, 'http://127.0.0.1:9/');
  const inbound = new Api(fixture.product.url, inboundSecret);
  const write = (n: number) =>
    inbound.call<{ conversationId: string }>('POST', `/channels/${channel.id}/messages`, {
      externalId: `long-${n}`,
      customer: { externalId: 'long', name: 'Lena Long' },
      text: `Message ${n}. ${'Some words of it, and more of them. '.repeat(n % 5)}`,
      from: n % 3 === 0 ? 'business' : 'customer',
      imported: true,
    });
  conversationId = (await write(1)).conversationId;
  for (let n = 2; n <= LONG; n += 100)
    await Promise.all(Array.from({ length: Math.min(100, LONG - n + 1) }, (_, i) => write(n + i)));
}, 600_000);
afterEach(() => fixture.clear());
afterAll(() => fixture.close());

/** Reads up to the first message: of each step how long it took, by how much what is being read moved, and what was shown. */
const READ_UP = `(async () => {
  const log = document.querySelector('[role=log]');
  const all = () => [...log.querySelectorAll('[data-seq]')];
  const first = () => log.querySelector('[data-seq]').dataset.seq;
  const frame = () => new Promise(requestAnimationFrame);
  const steps = [];
  while (first() !== '1') {
    log.scrollTop = 230;
    await frame();
    const edge = log.getBoundingClientRect().top;
    const read = all().find((it) => it.getBoundingClientRect().bottom > edge);
    const [before, seq, top, start] = [first(), read.dataset.seq, read.getBoundingClientRect().top, performance.now()];
    while (first() === before) await frame();
    await frame();
    const now = log.querySelector('[data-seq="' + seq + '"]').getBoundingClientRect().top;
    steps.push({ ms: performance.now() - start, moved: Math.abs(now - top), shown: all().length });
  }
  return steps;
})()`;

test('opens, reads and writes a thread of 5 000 messages as quickly as a short one', { timeout: 600_000 }, async () => {
  const ada = await fixture.desk('Ada', { path: `/inbox/${conversationId}` });
  await ada.message(`Message ${LONG}.`).waitFor();
  const steps = await ada.page.evaluate<{ ms: number; moved: number; shown: number }[]>(READ_UP);
  expect(Math.max(...steps.map(({ shown }) => shown))).toBeLessThanOrEqual(MAX_SHOWN);
  expect(Math.max(...steps.map(({ moved }) => moved))).toBeLessThan(2);
  expect(await ada.page.evaluate<number>('document.querySelectorAll("*").length')).toBeLessThan(MAX_ELEMENTS);
  const times = steps.map(({ ms }) => ms);
  const [early, late] = [Math.min(...times.slice(0, 12)), Math.min(...times.slice(-12))];
  // A thread that is too large slows each step down; a busy machine only some.
  expect(late, `the first steps took ${early} ms, the last ${late} ms`).toBeLessThan(Math.max(250, early * 4));

  await ada.sends('One more');
  // A sent message scrolls into view from anywhere.
  await ada.message('One more').waitFor();
  await soon(() => ada.thread.evaluate((log) => log.scrollHeight - log.scrollTop - log.clientHeight)).toBeLessThan(2);
  expect(await ada.thread.locator('[data-seq]').count()).toBeLessThanOrEqual(MAX_SHOWN);
  console.info(`steps of 100 messages: ${times.map(Math.round).join(' ')} ms`);
});

test('the first unread of thousands is one press away, and fetched for it', async () => {
  await fixture.owner.call('PUT', `/conversations/${conversationId}/read`, { seq: 700 });
  const owner = await fixture.desk('Owner', { path: `/inbox/${conversationId}` });
  await owner.page.getByRole('button', { name: /Jump to first$/ }).click();
  await soon(() => owner.thread.locator('[data-new]').count()).toBe(1);
  await soon(() => owner.thread.locator('[data-new] + *').innerText()).toContain('Message 701.');
  expect(await owner.thread.locator('[data-seq]').count()).toBeLessThanOrEqual(MAX_SHOWN);
});
