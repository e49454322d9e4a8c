import { afterEach, beforeEach, expect, test } from 'vitest';
import { Api, HttpCustomer } from './support/api.ts';
import { OWNER, Product } from './support/product.ts';
import { Receiver } from './support/receiver.ts';
import { saying, WebhookAgent } from './support/webhook-agent.ts';

const UNTIL = { timeout: 60_000, interval: 50 };
/** Longer than a busy machine needs from a person's message to the kill. */
const WINDOW_SECONDS = 10;

let product: Product;
let agent: WebhookAgent;
let receiver: Receiver;
let owner: Api;
let customer: HttpCustomer;
/** Replaced by a test that wants the agent to think for ever on its first call. */
let answer: () => unknown;

beforeEach(async () => {
  answer = () => saying('the answer');
  product = await Product.start();
  agent = new WebhookAgent(() => answer());
  receiver = new Receiver();
  owner = new Api(product.url, OWNER.apiKey);
  const { id } = await owner.createAgent('Robin', { kind: 'webhook', url: await agent.start() });
  await owner.setRules(id, { replyDelaySeconds: 0, humanPriorityWindowSeconds: WINDOW_SECONDS });
  const { channel, inboundSecret, signingSecret } = await owner.createChannel(id, await receiver.start());
  receiver.expectSignedWith(signingSecret);
  customer = new HttpCustomer(product.url, channel.id, inboundSecret, 'mia');
});

afterEach(async () => {
  await product.remove();
  await agent.stop();
  await receiver.stop();
});

const agentMessages = (conversationId: string) =>
  receiver.of(conversationId).filter((message) => message.author.kind === 'agent');

test('[TIME-1] [HOLD-8] killed in the middle of a window, the product answers what waited exactly once', async () => {
  answer = () => new Promise(() => {});
  const { conversationId } = await customer.write('Hello');
  await owner.send(conversationId, 'A person is here', { clientMessageId: 'first', force: true });
  await customer.write('And one more thing');
  // The message that was being sent may be repeated under its id, as this channel allows.
  const delivery = async () => (await owner.messages(conversationId)).find(({ seq }) => seq === 2)?.delivery;
  await expect.poll(delivery, UNTIL).toBe('sent');
  expect(await owner.conversation(conversationId)).toMatchObject({ state: 'humanPriorityWindow' });
  const callsBefore = agent.calls.length;
  answer = () => saying('the answer');

  await product.kill();
  await product.start();

  await expect.poll(() => agentMessages(conversationId), UNTIL).toHaveLength(1);
  await expect
    .poll(() => owner.conversation(conversationId), UNTIL)
    .toMatchObject({ state: 'agentActive', waitingSince: null });
  expect(agent.calls.slice(callsBefore).map((call) => call.waiting.map((message) => message.seq))).toEqual([[3]]);
  expect(receiver.of(conversationId).map((message) => message.seq)).toEqual([2, 4]);
});

test('[TURN-9] killed in the middle of a generation, the product answers exactly once', async () => {
  let first = true;
  answer = () => {
    if (!first) return saying('the answer');
    first = false;
    return new Promise(() => {});
  };
  const { conversationId } = await customer.write('Hello');
  await expect.poll(() => agent.calls, UNTIL).toHaveLength(1);

  await product.kill();
  await product.start();

  await expect.poll(() => agentMessages(conversationId), UNTIL).toHaveLength(1);
  await expect.poll(() => owner.conversation(conversationId), UNTIL).toMatchObject({ waitingSince: null });
  const messages = await owner.messages(conversationId);
  expect(messages.filter((message) => message.author.kind === 'agent')).toHaveLength(1);
  const events = (await owner.transitions(conversationId)).map(({ event }) => event.type);
  expect(events.filter((type) => type === 'reply.failed')).toEqual([]);
});

test('a polite end: SIGTERM stops the product with code 0, and nothing is lost', async () => {
  const { conversationId } = await customer.write('Hello');
  expect(await product.stop()).toBe(0);
  await product.start();
  await expect.poll(() => agentMessages(conversationId), UNTIL).toHaveLength(1);
});
