import type { Reply } from '@baton/protocol';
import { expect, test } from 'vitest';
import { type Replier, StoreUnavailable } from '../src/index.ts';
import { readReplyContexts, toReplyRequest } from '../src/workers/reply-request.ts';
import { customerSays, done, generating, makeWorld, type Node, transcriptOf, type World } from './world.ts';

const YES: Reply = { kind: 'reply', text: 'yes' };

async function working(world: World, replier: Replier): Promise<Node> {
  const node = await world.node({ replier });
  node.timers.start();
  node.replies.start();
  return node;
}

test('reads the contexts of jobs claimed together in one batch', async () => {
  const asked: string[] = [];
  const world = makeWorld({ seam: (moment, operation) => void (moment === 'before' && asked.push(operation)) });
  const answered: string[] = [];
  const node = await working(world, {
    async reply({ key }) {
      answered.push(key.conversationId);
      return YES;
    },
  });
  const conversations = await Promise.all([1, 2, 3].map(() => world.fixture.createConversation()));
  await Promise.all(conversations.map(({ key }) => done(node.runtime.dispatch(key, customerSays('hello')))));
  await world.time.advance(2_100);
  expect(answered.toSorted()).toEqual(conversations.map(({ key }) => key.conversationId).toSorted());
  expect(asked.filter((operation) => operation === 'readTranscripts')).toHaveLength(1);
});

test('[TURN-3] makes no request for a turn that is over', async () => {
  const world = makeWorld();
  const of = await world.fixture.createConversation();
  const turn = await generating(world, await world.node(), of);
  const job = { key: of.key, turn, agentId: of.agentId, deadlineAt: world.time.now + 60_000 };
  const [ground] = await readReplyContexts(world.fixture.store, [job]);
  expect(toReplyRequest(job, ground!)).toMatchObject({ turn });
  expect(toReplyRequest({ ...job, turn: turn - 1 }, ground!)).toBeNull();
});

test('[TURN-9] does not count a database outage as the agent’s failure', async () => {
  const world = makeWorld();
  const of = await world.fixture.createConversation();
  let calls = 0;
  const node = await working(world, {
    async reply() {
      calls += 1;
      if (calls === 1) throw new StoreUnavailable('the database is away');
      return YES;
    },
  });
  await done(node.runtime.dispatch(of.key, customerSays('hello')));
  await world.time.advance(3_000);
  expect(calls).toBe(2);
  expect(world.fixture.store.row(of.key).snapshot.context.failures).toBe(0);
  expect(transcriptOf(world, of.key).at(-1)).toBe('agent: yes (queued)');
});
