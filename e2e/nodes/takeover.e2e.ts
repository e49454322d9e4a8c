import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { soon } from '../support/soon.ts';
import { saying } from '../support/webhook-agent.ts';
import { NodesFixture } from './nodes-fixture.ts';

let fixture: NodesFixture;
beforeAll(async () => {
  fixture = await NodesFixture.start({ nodes: 2 });
});
afterAll(() => fixture.close());
beforeEach(() => {
  fixture.agent.calls.length = 0;
  fixture.agent.aborted = 0;
});

const NEVER = () => new Promise(() => {});

test('[TURN-3] [HOLD-10] a takeover on either node ends the generation, on whichever node it is made', async () => {
  fixture.answer = NEVER;
  // Nodes look for work at the same pace: of several generations each makes some.
  for (const [index, node] of [0, 1, 0, 1, 0, 1].entries()) {
    const { conversationId } = await fixture.customer(`takeover-${index}`, index % 2).write('Hello');
    await soon(() => fixture.agent.calls.length).toBe(index + 1);
    await fixture.api(fixture.ada, node).setAgentReplies(conversationId, false);
    await soon(() => fixture.agent.aborted).toBe(index + 1);
    expect(await fixture.agentMessages(conversationId)).toEqual([]);
  }
});

test('[HOLD-2] whoever holds on one node holds on all: what the agent says too late reaches nobody', async () => {
  let say: (reply: unknown) => void = () => {};
  fixture.answer = () => new Promise((resolve) => (say = resolve));
  const { conversationId } = await fixture.customer('late', 0).write('Hello');
  await soon(() => fixture.agent.calls.length).toBe(1);
  await fixture.api(fixture.ben, 1).type(conversationId, true);
  say(saying('too late'));
  for (const node of [0, 1]) {
    expect(await fixture.owner(node).conversation(conversationId)).toMatchObject({ state: 'humanActive' });
  }
  fixture.answer = () => saying('in time');
  await fixture.api(fixture.ben, 1).type(conversationId, false);
  await soon(() => fixture.receiver.of(conversationId).map(({ text }) => text)).toEqual(['in time']);
});
