import type { Conversation } from '@baton/protocol';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { saying } from '../support/webhook-agent.ts';
import { Stage } from './stage.ts';

const MANY = 10_000;
const PRESSES = 60;

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.start('Ada');
});
afterEach(() => stage.clear());
afterAll(() => stage.close());

/** From the key to the picture that shows what it did, as the browser measured it: rounded to 8 ms. */
const WATCH = `
  window.took = [];
  new PerformanceObserver((list) => {
    for (const { name, duration } of list.getEntries()) if (name === 'keydown') window.took.push(duration);
  }).observe({ type: 'event', durationThreshold: 16 });
`;

test('j opens the next of 10 000 conversations, whatever its place, and few of them are on the page', async () => {
  const shop = await stage.shop(() => saying('Hello.'));
  const kim = await stage.visitor(shop, 'Kim');
  await kim.says('It is me');
  await stage.contextOf('Ada').route('**/api/v1/conversations?*', async (route) => {
    const answer = await route.fetch();
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own server's answer
    const { items } = (await answer.json()) as { items: Conversation[] };
    const one = items[0];
    if (!one) return route.fulfill({ response: answer });
    const many = Array.from({ length: MANY }, (_, index) => ({
      ...one,
      id: `${one.id.slice(0, -5)}${String(index).padStart(5, '0')}`,
      customer: { ...one.customer, name: `Customer ${index}` },
      lastMessage: one.lastMessage && { ...one.lastMessage, createdAt: new Date(1e12 - index * 1_000).toISOString() },
    }));
    return route.fulfill({ response: answer, json: { items: many, nextCursor: null } });
  });
  const ada = await stage.desk('Ada');
  const { page } = ada;
  await ada.row('Customer 0').first().waitFor();
  await page.evaluate(WATCH);
  for (let press = 0; press < PRESSES; press += 1) await page.keyboard.press('j');
  await page.getByRole('heading', { level: 1, name: `Customer ${PRESSES - 1}`, exact: true }).waitFor();
  await page.waitForURL((url) => url.pathname.endsWith(String(PRESSES - 1)));
  expect(await page.locator('[data-conversation]').count()).toBeLessThan(60);
  const took = await page.evaluate<number[]>('window.took');
  const sorted = [...Array.from({ length: PRESSES - took.length }, () => 16), ...took].toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? 0;
  console.log(`j in a list of ${MANY}, to the opened conversation painted: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms`);
});
