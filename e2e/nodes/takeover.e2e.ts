import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { soon } from '../support/soon.ts';
import { saying } from '../support/webhook-agent.ts';
import { Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.set({ nodes: 2 });
});
afterAll(() => stage.strike());
beforeEach(() => {
  stage.agent.calls.length = 0;
  stage.agent.aborted = 0;
});

const NEVER = () => new Promise(() => {});

test('[TURN-3] [HOLD-10] a takeover on either node ends the generation, on whichever node it is made', async () => {
  stage.answer = NEVER;
  // Nodes look for work at the same pace: of several generations each makes some.
  for (const [index, node] of [0, 1, 0, 1, 0, 1].entries()) {
    const { conversationId } = await stage.customer(`takeover-${index}`, index % 2).write('Hello');
    await soon(() => stage.agent.calls.length).toBe(index + 1);
    await stage.api(stage.ada, node).setAgentReplies(conversationId, false);
    await soon(() => stage.agent.aborted).toBe(index + 1);
    expect(await stage.agentMessages(conversationId)).toEqual([]);
  }
});

test('[HOLD-2] whoever holds on one node holds on all: what the agent says too late reaches nobody', async () => {
  let say: (reply: unknown) => void = () => {};
  stage.answer = () => new Promise((resolve) => (say = resolve));
  const { conversationId } = await stage.customer('late', 0).write('Hello');
  await soon(() => stage.agent.calls.length).toBe(1);
  await stage.api(stage.ben, 1).type(conversationId, true);
  say(saying('too late'));
  for (const node of [0, 1]) {
    expect(await stage.owner(node).conversation(conversationId)).toMatchObject({ state: 'humanActive' });
  }
  stage.answer = () => saying('in time');
  await stage.api(stage.ben, 1).type(conversationId, false);
  await soon(() => stage.receiver.of(conversationId).map(({ text }) => text)).toEqual(['in time']);
});
