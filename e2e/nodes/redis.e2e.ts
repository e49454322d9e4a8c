import type { ListEntry } from '@baton/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CustomerClient } from '../support/customer-client.ts';
import { PATIENCE_MS, quickest, soon } from '../support/soon.ts';
import type { TeamClient } from '../support/team-client.ts';
import { NodesFixture } from './nodes-fixture.ts';

let fixture: NodesFixture;
let conversationId: string;
/** On the node where everything is written, and on the other one. */
let [near, far]: TeamClient[] = [];
let customer: CustomerClient;
beforeAll(async () => {
  fixture = await NodesFixture.start({ nodes: 2 });
  await fixture.cluster.together();
  customer = await fixture.visits(1);
  await customer.write('Hello', 'first');
  conversationId = customer.conversationId;
  await fixture.api(fixture.ada, 0).setAgentReplies(conversationId, false);
  [near, far] = [await fixture.joins(fixture.ada, 0), await fixture.joins(fixture.ben, 1)];
  for (const client of [near, far]) await client.watch(conversationId);
});
afterAll(() => fixture.close());

/** Ada writes through the first node. Gives how long it took, in ms, until her own connection to that node had it. */
async function writes(text: string): Promise<number> {
  const began = performance.now();
  await fixture.api(fixture.ada, 0).send(conversationId, text, { clientMessageId: text, force: true });
  await expect.poll(() => near!.texts(), { timeout: PATIENCE_MS, interval: 4 }).toContain(text);
  return performance.now() - began;
}

/** The same some times; gives the quickest. The last message is `text`. */
const writesSome = (text: string) => quickest(3, (time) => writes(time === 3 ? text : `${text}, ${time}`));

const heardAfar = (text: string) => ({
  watcher: far!.all<{ id: string; lastMessage: { text: string } }>('conversation').at(-1)?.lastMessage.text === text,
  list: far!
    .all<ListEntry[]>('list')
    .flat()
    .some(({ lastMessage }) => lastMessage?.text === text),
  customer: customer.heard().includes(text),
});
const everywhere = { watcher: true, list: true, customer: true };

/** At most so long behind without Redis: a look every 5 s, the list's own quarter of a second, and what a busy machine adds. */
const REPAIRED_WITHIN_MS = 5_000 + 4_500;

async function isRepaired(text: string): Promise<void> {
  const began = performance.now();
  await soon(() => heardAfar(text)).toEqual(everywhere);
  expect(performance.now() - began).toBeLessThan(REPAIRED_WITHIN_MS);
}

async function isLive(text: string): Promise<void> {
  const took = await quickest(3, async (time) => {
    await writes(`${text}, ${time}`);
    const began = performance.now();
    await soon(() => far!.texts()).toContain(`${text}, ${time}`);
    await soon(() => customer.heard()).toContain(`${text}, ${time}`);
    return performance.now() - began;
  });
  // Not by a look, which is 5 s after the one before.
  expect(took).toBeLessThan(1_500);
}

test('[SEE-3] Redis frozen: nobody on the same node waits, and other nodes are repaired from the database', async () => {
  await isLive('all is well');
  fixture.cluster.redis?.pause();
  expect(await writesSome('frozen at first')).toBeLessThan(1_000);
  await isRepaired('frozen at first');
  expect(await writesSome('frozen still')).toBeLessThan(1_000);
  await isRepaired('frozen still');
  fixture.cluster.redis?.resume();
  await fixture.cluster.together();
  await isLive('thawed');
});

test('[SEE-3] Redis killed and started again: right without it, live with it, and no node was restarted', async () => {
  await fixture.cluster.redis?.kill();
  expect(await writesSome('it is gone')).toBeLessThan(1_000);
  await isRepaired('it is gone');
  await soon(() => near!.people(conversationId)).toEqual(['Ada']);
  await fixture.cluster.redis?.start();
  await fixture.cluster.together();
  await isLive('it is back');
  await soon(() => near!.people(conversationId)).toEqual(['Ada', 'Ben', 'Mia']);
});

/** Each way. */
const SLOW_MS = 600;

test('[SEE-3] a slow line to Redis makes other nodes late, and nobody else', async () => {
  for (const { toRedis } of fixture.cluster.nodes) toRedis?.delay(SLOW_MS);
  expect(await writesSome('slowly')).toBeLessThan(SLOW_MS);
  await soon(() => heardAfar('slowly')).toEqual(everywhere);
  for (const { toRedis } of fixture.cluster.nodes) toRedis?.mend();
});

test('a node starts without Redis, and joins the others when it comes', async () => {
  await fixture.cluster.redis?.kill();
  const { product } = await fixture.cluster.add();
  expect((await fetch(`${product.url}/readyz`)).status).toBe(200);
  await fixture.cluster.redis?.start();
  await fixture.cluster.together();
  const third = await fixture.joins(fixture.ben, 2);
  await third.watch(conversationId);
  await soon(() => third.people(conversationId)).toEqual(['Ada', 'Ben', 'Mia']);
});

test('whoever was connected to a node that dies is seen to leave within seconds', async () => {
  await near!.watch(conversationId);
  await soon(() => near!.people(conversationId)).toEqual(['Ada', 'Ben', 'Mia']);
  for (const { socket } of [far!, customer]) socket.io.reconnection(false);
  const began = performance.now();
  await fixture.cluster.node(1).product.kill();
  await soon(() => near!.people(conversationId)).toEqual(['Ada', 'Ben']);
  // Silent for four rounds of a second it is gone; the rest is for a busy machine.
  expect(performance.now() - began).toBeLessThan(15_000);
});
