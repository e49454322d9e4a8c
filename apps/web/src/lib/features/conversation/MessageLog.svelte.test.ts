import { mount } from 'svelte';
import type { Message } from '@baton/protocol';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import '../../../app.css';
import { messageOf } from '../../inbox/view/testing/conversation-history.ts';
import { mounted } from '../../testing/mounted.ts';
import MessageLog from './MessageLog.svelte';

/** Letters that arrive later are of another width, and move what stands below them. */
async function painted(): Promise<void> {
  await document.fonts.ready;
  await new Promise<void>((done) => requestAnimationFrame(() => setTimeout(done)));
}
const said = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) =>
    messageOf({ seq: from + index, text: `Text ${from + index} `.repeat(1 + ((from + index) % 9) * 4) }),
  );

/** A thread whose messages and older pages are in our hands. */
class Thread {
  messages = $state.raw<Message[]>(said(101, 160));
  hasOlder = $state(true);
  seen = 0;
  asked = 0;

  constructor() {
    const room = document.createElement('div');
    Object.assign(room.style, { height: '500px', width: '600px', display: 'flex' });
    document.body.append(room);
    const lend = { messages: () => this.messages, hasOlder: () => this.hasOlder };
    mounted(() =>
      mount(MessageLog, {
        target: room,
        props: {
          get messages() {
            return lend.messages();
          },
          get hasOlder() {
            return lend.hasOlder();
          },
          pending: [],
          loaded: true,
          loadingOlder: false,
          unreadAtOpening: { after: 120, upTo: 160 },
          meId: 'me',
          maySend: true,
          onolder: () => this.older(),
          onsendanyway: () => undefined,
          onedit: () => undefined,
          onseen: () => (this.seen += 1),
        },
      }),
    );
  }

  get log(): HTMLElement {
    return document.querySelector<HTMLElement>('[role=log]')!;
  }

  older(): Promise<void> {
    this.asked += 1;
    this.hasOlder = false;
    this.messages = [...said(1, 100), ...this.messages];
    return Promise.resolve();
  }

  top(seq: number): number {
    return document.querySelector(`[data-seq="${seq}"]`)!.getBoundingClientRect().top;
  }
}

test('loads older messages on scrolling up without moving the view', async () => {
  const thread = new Thread();
  await painted();
  expect(thread.log.scrollTop + thread.log.clientHeight).toBeCloseTo(thread.log.scrollHeight, -1);
  expect(thread.asked).toBe(0);
  thread.log.scrollTop = 100;
  const before = thread.top(103);
  await expect.poll(() => thread.asked).toBe(1);
  await painted();
  expect(document.querySelectorAll('[data-seq]')).toHaveLength(160);
  expect(Math.abs(thread.top(103) - before)).toBeLessThan(2);
});

test('renders part of a long thread without moving the view', async () => {
  const thread = new Thread();
  thread.hasOlder = false;
  thread.messages = said(1, 2_000);
  await painted();
  const shown = () => [...document.querySelectorAll<HTMLElement>('[data-seq]')].map((it) => Number(it.dataset['seq']));
  expect(shown()).toEqual(said(1_801, 2_000).map(({ seq }) => seq));
  thread.log.scrollTop = 100;
  const middle = shown()[2]!;
  const before = thread.top(middle);
  await expect.poll(() => shown()[0]).toBe(1_701);
  await painted();
  expect(Math.abs(thread.top(middle) - before)).toBeLessThan(2);
  for (let first = 0; first !== shown()[0];) {
    first = shown()[0]!;
    thread.log.scrollTop = 100;
    await painted();
    await painted();
    expect(shown().length).toBeLessThanOrEqual(400);
  }
  expect(shown()[0]).toBe(1);
  expect(thread.log.getAttribute('aria-live')).toBe('off');
  thread.messages = [...thread.messages, ...said(2_001, 2_003)];
  await page.getByRole('button', { name: '3 new messages' }).click();
  await expect.poll(() => shown().at(-1)).toBe(2_003);
  await painted();
  expect(thread.log.scrollTop + thread.log.clientHeight).toBeCloseTo(thread.log.scrollHeight, -1);
  expect(thread.log.getAttribute('aria-live')).toBeNull();
});

test('jumps to the first unread message before it is loaded', async () => {
  const thread = new Thread();
  thread.hasOlder = true;
  thread.messages = said(101, 1_500);
  await painted();
  expect(document.querySelector('[data-new]')).toBeNull();
  await page.getByRole('button', { name: /Jump to first$/ }).click();
  await expect.poll(() => document.querySelector('[data-seq="121"]')).not.toBeNull();
  await painted();
  expect(Math.abs(thread.top(121) - thread.log.getBoundingClientRect().top)).toBeLessThan(120);
});

test('counts new messages for a reader further up, without moving the view', async () => {
  const thread = new Thread();
  await painted();
  thread.log.scrollTop = 900;
  await painted();
  const before = thread.top(110);
  thread.messages = [...thread.messages, ...said(161, 163)];
  await painted();
  expect(thread.top(110)).toBe(before);
  await page.getByRole('button', { name: '3 new messages' }).click();
  await expect.element(page.getByRole('button', { name: '3 new messages' })).not.toBeInTheDocument();
});

test('draws a line above the first unread message, with a button to it', async () => {
  const thread = new Thread();
  await painted();
  await page.getByRole('button', { name: '40 new · Jump to first' }).click();
  await painted();
  expect(thread.top(121)).toBeGreaterThan(thread.log.getBoundingClientRect().top);
  expect(thread.top(121)).toBeLessThan(thread.log.getBoundingClientRect().top + 120);
});

test('hides the jump button once the first unread message was visible', async () => {
  const thread = new Thread();
  await painted();
  const button = page.getByRole('button', { name: /Jump to first$/ });
  await button.click();
  await painted();
  thread.log.scrollTop = thread.log.scrollHeight;
  await painted();
  expect(thread.top(121)).toBeLessThan(thread.log.getBoundingClientRect().top);
  await expect.element(button).not.toBeInTheDocument();
});
