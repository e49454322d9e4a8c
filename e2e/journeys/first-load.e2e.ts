import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { saying } from '../support/webhook-agent.ts';
import { InboxFixture } from './inbox-fixture.ts';

/** Beyond this the inbox is slow to come on a train. */
const MAX_BYTES = 130_000;

let fixture: InboxFixture;
beforeAll(async () => {
  fixture = await InboxFixture.start('Ada');
});
afterEach(() => fixture.clear());
afterAll(() => fixture.close());

test('an open conversation needs at most 130 kB of JavaScript, compressed, in either language', async () => {
  const shop = await fixture.shop(() => saying('Hello.'));
  const kim = await fixture.visitor(shop, 'Kim');
  await kim.says('Is anybody there?');
  const page = await fixture.contextOf('Ada').newPage();
  const scripts: Promise<Buffer>[] = [];
  page.on('response', (response) => {
    if (new URL(response.url()).pathname.endsWith('.js')) scripts.push(response.body());
  });
  await page.goto(`/inbox/${kim.conversationId}`);
  await page.getByRole('log').getByText('Is anybody there?').waitFor();
  // Files fetched later in the background do not delay the first load.
  const sizes = (await Promise.all(scripts.slice())).map((script) => gzipSync(script).length);
  await page.close();
  const total = sizes.reduce((sum, size) => sum + size, 0);
  expect(sizes.length).toBeGreaterThan(5);
  expect(total, `${sizes.length} files`).toBeGreaterThan(60_000);
  expect(total, `${sizes.length} files`).toBeLessThanOrEqual(MAX_BYTES);
  console.log(`first load of a conversation: ${(total / 1_000).toFixed(1)} kB in ${sizes.length} files`);
});
