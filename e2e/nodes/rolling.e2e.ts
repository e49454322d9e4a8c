import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ApiError } from '../support/api.ts';
import { soon } from '../support/soon.ts';
import { NodesFixture } from './nodes-fixture.ts';

let fixture: NodesFixture;
beforeAll(async () => {
  fixture = await NodesFixture.start({ nodes: 2 });
  await fixture.cluster.together();
});
afterAll(() => fixture.close());

const CUSTOMERS = 6;
/** Then another customer comes in their place: whoever got more than twenty replies would be taken for a machine (TURN-12). */
const MESSAGES_EACH = 15;

test('[TIME-2] [SEND-6] nodes are replaced one by one under load: nothing acknowledged is lost, or there twice', async () => {
  const owner = fixture.owner();
  const conversations = new Map<string, string[]>();
  const latency: number[] = [];
  const over = new AbortController();
  let refused = 0;

  /** As a provider does behind a balancer: the same message, to another node, until somebody takes it. */
  const keepsWriting = async (place: string) => {
    for (let count = 1; !over.signal.aborted; count += 1) {
      const name = `${place}-${Math.ceil(count / MESSAGES_EACH)}`;
      const began = performance.now();
      for (let node = count; ; node += 1) {
        try {
          const taken = await fixture.customer(name, node % 2).writes(`${name}-${count}`, `${name} says ${count}`);
          conversations.set(taken.conversationId, [
            ...(conversations.get(taken.conversationId) ?? []),
            taken.messageId,
          ]);
          break;
        } catch (error) {
          if (error instanceof ApiError && error.status !== 503) throw error;
          refused += 1;
          await pause(20);
        }
      }
      latency.push(performance.now() - began);
    }
  };
  const load = Array.from({ length: CUSTOMERS }, (_, index) => keepsWriting(`roller-${index}`));
  const watching = await fixture.joins(fixture.ada, 0);
  await soon(() => conversations.size).toBeGreaterThanOrEqual(CUSTOMERS);
  for (const id of conversations.keys()) await watching.watch(id);

  for (const { product } of fixture.cluster.nodes) {
    const began = performance.now();
    expect(await product.stop()).toBe(0);
    expect(performance.now() - began).toBeLessThan(10_000);
    await product.start();
    await fixture.cluster.together();
  }
  over.abort();
  await Promise.all(load);

  for (const [id, acknowledged] of conversations) {
    const messages = await owner.messages(id);
    const stored = messages.filter(({ author }) => author.kind === 'customer').map((message) => message.id);
    expect(stored).toEqual(acknowledged);
    expect(messages.map(({ seq }) => seq)).toEqual(messages.map((_, index) => index + 1));
    // Each of the agent's replies once, and the last message answered.
    await soon(async () => (await owner.conversation(id)).waitingSince).toBe(null);
    const said = fixture.receiver.of(id).map(({ messageId }) => messageId);
    expect(new Set(said).size).toBe(said.length);
  }
  expect(fixture.receiver.forged).toBe(0);
  const total = [...conversations.values()].flat().length;
  console.log(`${total} messages, ${refused} tries refused, slowest ${Math.round(Math.max(...latency))} ms`);
});

test('[SEE-3] a client whose node is replaced comes back by itself, and its send is answered once', async () => {
  const customer = await fixture.visits(0);
  await customer.write('one', 'one');
  const sending = Array.from({ length: 20 }, (_, index) => customer.write(`text ${index}`, `id ${index}`));
  const stopped = fixture.cluster.node(0).product.stop();
  const answers = await Promise.allSettled(sending);
  expect(await stopped).toBe(0);
  await fixture.cluster.node(0).product.start();
  await soon(() => customer.socket.connected).toBe(true);
  for (let index = 0; index < answers.length; index += 1) {
    const again = await customer.write(`text ${index}`, `id ${index}`);
    const before = answers[index];
    if (before?.status === 'fulfilled' && before.value.ok && again.ok)
      expect(again.message).toEqual(before.value.message);
    expect(again.ok).toBe(true);
  }
  const texts = (await fixture.owner().messages(customer.conversationId))
    .filter(({ author }) => author.kind === 'customer')
    .map(({ text }) => text);
  expect([...texts].sort()).toEqual(['one', ...Array.from({ length: 20 }, (_, index) => `text ${index}`)].sort());
});
