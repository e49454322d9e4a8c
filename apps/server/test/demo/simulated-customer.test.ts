import type { CustomerViewMessage } from '@baton/protocol';
import { expect, test } from 'vitest';
import { FakeScheduler } from '@baton/store-contract/testing';
import { SCRIPTS } from '../../src/demo/scripts.ts';
import { SimulatedCustomer } from '../../src/demo/simulated-customer.ts';

const script = SCRIPTS.shipping;
const OPENED_MS = 10_000;

/** A customer in a chat that the test answers by hand. */
function enter() {
  const scheduler = new FakeScheduler();
  const began = scheduler.now;
  const messages: CustomerViewMessage[] = [];
  const said: { text: string; at: number }[] = [];
  let arrives = true;
  let types = false;
  const add = (kind: CustomerViewMessage['from']['kind'], text: string, seq = messages.length + 1) =>
    messages.push({
      id: `${kind}-${text}`,
      seq,
      from: { kind, name: kind },
      text,
      createdAt: new Date(scheduler.now).toISOString(),
      clientMessageId: null,
    });
  const customer = new SimulatedCustomer(script, {
    scheduler,
    say: async (text) => {
      if (arrives) said.push({ text, at: scheduler.now - began });
      if (arrives) add('customer', text);
      return arrives;
    },
    typing: (typing) => (types = typing),
    read: async () => [...messages],
  });
  let left = false;
  void customer.play().then(() => (left = true));
  return {
    customer,
    said,
    texts: () => said.map(({ text }) => text),
    answers: (kind: 'agent' | 'teammate' | 'external', text = 'An answer', seq?: number) => add(kind, text, seq),
    refuse: () => (arrives = false),
    hasLeft: () => left,
    types: () => types,
    advance: (ms: number) => scheduler.advance(ms),
  };
}

test('a simulated customer writes as fast as a person types, one line after the other', async () => {
  const chat = enter();
  await chat.advance(500);
  expect(chat.said).toEqual([]);
  await chat.advance(OPENED_MS);
  expect(chat.texts()).toEqual(script.opening);
  const gaps = chat.said.map(({ at }, index) => at - (chat.said[index - 1]?.at ?? 0));
  for (const gap of gaps) expect(gap).toBeGreaterThan(900);
});

test('they are seen typing for as long as it takes to write, and no longer', async () => {
  const chat = enter();
  await chat.advance(500);
  expect(chat.types()).toBe(false);
  await chat.advance(500);
  expect([chat.types(), chat.texts()]).toEqual([true, []]);
  await chat.advance(OPENED_MS);
  expect([chat.types(), chat.texts()]).toEqual([false, script.opening]);
});

test('they react to who has answered, and leave after the second answer', async () => {
  const chat = enter();
  await chat.advance(OPENED_MS);
  chat.answers('agent', 'Two days.');
  await chat.advance(10_000);
  expect(chat.texts().at(-1)).toBe(script.afterAnswer.agent);
  chat.answers('teammate', 'I am Ada.');
  await chat.advance(10_000);
  expect(chat.texts().at(-1)).toBe(script.goodbye.person);
  expect(chat.hasLeft()).toBe(true);
});

test('a person who comes after the goodbye is asked something, too: once', async () => {
  const chat = enter();
  await chat.advance(OPENED_MS);
  chat.answers('agent', 'Two days.');
  await chat.advance(10_000);
  chat.answers('agent', 'To all of Europe.');
  await chat.advance(10_000);
  chat.answers('agent', 'You are welcome!');
  await chat.advance(60_000);
  expect(chat.texts().at(-1)).toBe(script.goodbye.agent);
  expect([chat.customer.lingers, chat.hasLeft()]).toEqual([true, false]);
  chat.answers('teammate', 'I am Ada.');
  await chat.advance(1_000);
  expect(chat.customer.lingers).toBe(false);
  await chat.advance(10_000);
  expect(chat.texts().at(-1)).toBe(script.afterAnswer.person);
  expect(chat.hasLeft()).toBe(true);
});

test('whom no person meets after the goodbye goes after three minutes', async () => {
  const chat = enter();
  await chat.advance(OPENED_MS);
  chat.answers('agent', 'Two days.');
  await chat.advance(10_000);
  chat.answers('agent', 'To all of Europe.');
  await chat.advance(170_000);
  expect(chat.hasLeft()).toBe(false);
  await chat.advance(30_000);
  expect([chat.hasLeft(), chat.texts().at(-1)]).toEqual([true, script.goodbye.agent]);
});

test('somebody on another device is a person, too', async () => {
  const chat = enter();
  await chat.advance(OPENED_MS);
  chat.answers('external');
  await chat.advance(10_000);
  expect(chat.texts().at(-1)).toBe(script.afterAnswer.person);
});

test('hears a late reply with a lower seq and answers each reply once', async () => {
  const chat = enter();
  await chat.advance(OPENED_MS);
  chat.answers('agent', 'Late', 1);
  await chat.advance(30_000);
  expect(chat.texts().slice(script.opening.length)).toEqual([script.afterAnswer.agent]);
});

test('whom nobody answers asks once, and goes', async () => {
  const chat = enter();
  await chat.advance(OPENED_MS + 65_000);
  expect(chat.texts()).toEqual([...script.opening, script.nudge]);
  await chat.advance(130_000);
  expect(chat.texts()).toEqual([...script.opening, script.nudge]);
  expect(chat.hasLeft()).toBe(true);
});

test('a line that does not arrive ends the talk', async () => {
  const chat = enter();
  chat.refuse();
  await chat.advance(OPENED_MS);
  expect(chat.texts()).toEqual([]);
  expect(chat.hasLeft()).toBe(true);
});

test('stopped, they leave at once and write no more', async () => {
  const chat = enter();
  await chat.advance(2_000);
  chat.customer.stop();
  await chat.advance(0);
  expect(chat.hasLeft()).toBe(true);
  const before = chat.texts();
  await chat.advance(600_000);
  expect(chat.texts()).toEqual(before);
});
