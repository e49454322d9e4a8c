import { initialSnapshot, type Snapshot, step } from '@baton/conversation';
import { DEFAULT_RULES, type Reply, type SendOutcome } from '@baton/protocol';
import { describe, expect, it } from 'vitest';
import { type Command, type Outcome, type Replier, type Sender, StoreUnavailable } from '../src/index.ts';
import type { FixtureConversation } from '@baton/store-contract/testing';
import { customerSays, makeWorld, type Node, says, setReplies, TOM, UMA, type World } from './world.ts';

const SEEDS = Number(process.env['INTERLEAVINGS'] ?? 25);

/** A seeded generator of random numbers from 0 to 1. */
function seeded(seed: number): () => number {
  let state = seed * 2_654_435_761 + 1;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 3_266_489_917) | 0;
    return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32;
  };
}

interface Run {
  world: World;
  of: FixtureConversation[];
  nodes: Node[];
  acknowledged: { key: FixtureConversation['key']; id: string }[];
  received: { conversationId: string; messageId: string; seq: number; byAgent: boolean }[];
  duplicates: number;
}

/** Runs a random schedule of three nodes and two conversations, in which answers are lost. */
async function run(seed: number): Promise<Run> {
  const random = seeded(seed);
  const pick = <T>(choices: readonly T[]): T => {
    const choice = choices[Math.floor(random() * choices.length)];
    if (choice === undefined) throw new Error('nothing to pick from');
    return choice;
  };
  let isSlow = false;
  let isFaulty = false;
  const world = makeWorld({
    seam: async (moment, operation) => {
      if (isSlow && random() < 0.3)
        await new Promise<void>((resolve) => world.time.after(Math.floor(random() * 40), resolve));
      if (isFaulty && random() < 0.03) {
        throw new StoreUnavailable(`${operation}: lost ${moment}`);
      }
    },
  });
  const { time, fixture } = world;
  const received: Run['received'] = [];
  const sender: Sender = {
    send: (job, { messageId, conversationId, seq, author }) =>
      new Promise<SendOutcome>((resolve) => {
        time.after(Math.floor(random() * 300), () => {
          const luck = random();
          if (luck >= 0.1) received.push({ conversationId, messageId, seq, byAgent: author.kind === 'agent' });
          if (luck < 0.1) resolve({ kind: 'retry', error: '503', retryAfterMs: null, mayHaveArrived: false });
          else if (luck < 0.2) resolve({ kind: 'retry', error: 'timeout', retryAfterMs: null, mayHaveArrived: true });
          else resolve({ kind: 'sent', providerId: `p-${messageId}` });
        });
      }),
  };
  const replier: Replier = {
    reply: (job) =>
      new Promise<Reply>((resolve, reject) => {
        time.after(Math.floor(random() * 3_000), () => {
          if (random() < 0.1) reject(new Error('no model'));
          else resolve(random() < 0.1 ? { kind: 'silence' } : { kind: 'reply', text: `reply ${job.turn}` });
        });
      }),
  };
  const nodes: Node[] = [];
  for (let count = 0; count < 3; count += 1) nodes.push(await world.node({ sender, replier }));
  for (const node of nodes) node.startWorkers();
  const of = [await fixture.createConversation(), await fixture.createConversation()];

  const acknowledged: Run['acknowledged'] = [];
  let made = 0;
  const command = (): Command => {
    made += 1;
    const person = pick([TOM, UMA]);
    switch (pick(['customer', 'customer', 'customer', 'send', 'off', 'on', 'note', 'close', 'wake'] as const)) {
      case 'customer':
        return customerSays(`c${made}`, { externalId: `e-${seed}-${made}` });
      case 'send':
        return says(person, `t${made}`, { clientMessageId: `c-${seed}-${made}` });
      case 'note':
        return says(person, `n${made}`, { clientMessageId: `c-${seed}-${made}`, note: true });
      case 'off':
        return setReplies(person, false);
      case 'on':
        return setReplies(person, true, random() < 0.3 ? 'be kind' : null);
      case 'close':
        return { type: 'close', by: person };
      case 'wake':
        return { type: 'wake' };
    }
  };
  let duplicates = 0;
  const keep = (key: FixtureConversation['key'], outcome: Outcome): void => {
    if (!outcome.ok || !outcome.message) return;
    if (outcome.duplicate) duplicates += 1;
    acknowledged.push({ key, id: outcome.message.id });
  };
  const under = [];
  isSlow = true;
  isFaulty = true;
  for (let count = 0; count < 60; count += 1) {
    const { key } = pick(of);
    const it = command();
    const isTyping = random() < 0.2;
    if (isTyping) under.push(pick(nodes).typing.typing(key, pick([TOM, UMA]), `s${Math.floor(random() * 3)}`));
    under.push(
      pick(nodes)
        .runtime.dispatch(key, it)
        .then(async (outcome) => {
          keep(key, outcome);
          // A client retries by the same id, on any node.
          if (!outcome.ok && outcome.code === 'unavailable') keep(key, await pick(nodes).runtime.dispatch(key, it));
        }),
    );
    if (random() < 0.1) await fixture.changeRules(pick(of), { muteWhenHumanActive: random() < 0.7 });
    await time.advance(Math.floor(random() ** 3 * 4_000));
  }
  isFaulty = false;
  await time.advance(200_000);
  await Promise.all(under);
  return { world, of, nodes, acknowledged, received, duplicates };
}

function check({ world, of, acknowledged, received }: Run): void {
  const { store } = world.fixture;
  expect(world.incidents).toEqual([]);
  for (const { key, agentId } of of) {
    const row = store.row(key);
    expect(row.quarantined).toBeNull();
    // TIME-3
    expect(row.messages.map(({ message }) => message.seq)).toEqual(row.messages.map((_, index) => index + 1));
    expect(row.transitions.map(({ version }) => version)).toEqual(row.transitions.map((_, index) => index + 1));
    const times = row.transitions.map(({ at }) => at);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    const start = initialSnapshot({ agentId, rules: { ...DEFAULT_RULES, version: 1, paused: false } });
    const replayed = row.transitions.reduce<Snapshot>((snapshot, { event }) => step(snapshot, event).after, start);
    expect(replayed).toEqual(row.snapshot);
    // HOLD-2: the agent held before every claim.
    for (const { event, from } of row.transitions) if (event.type === 'reply.claimed') expect(from).toBe('agentActive');
    // TURN-4
    const turns = row.messages.filter(({ turn }) => turn !== null).map(({ turn }) => turn);
    expect(new Set(turns).size).toBe(turns.length);
    const claimed = new Set(row.transitions.map(({ event }) => event.type === 'reply.claimed' && event.messageId));
    const mine = received.filter(({ conversationId }) => conversationId === key.conversationId);
    for (const { messageId, byAgent } of mine) if (byAgent) expect(claimed).toContain(messageId);
    // SEND-5: first arrivals are in order.
    const firsts = [...new Map(mine.toReversed().map((it) => [it.messageId, it.seq])).values()].toReversed();
    expect(firsts).toEqual(firsts.toSorted((a, b) => a - b));
    // TIME-1: no deadline is missed, and no message waits for ever.
    expect(row.wakeAt === null || row.wakeAt > world.time.now).toBe(true);
    const unsent = row.messages.filter(
      ({ message }) => message.delivery === 'queued' || message.delivery === 'sending',
    );
    expect(
      unsent.filter(({ retryAt, message }) => message.delivery === 'sending' || (retryAt ?? 0) <= world.time.now),
    ).toEqual([]);
    expect(new Set(row.messages.map(({ message }) => message.clientMessageId).filter(Boolean)).size).toBe(
      row.messages.filter(({ message }) => message.clientMessageId !== null).length,
    );
  }
  // TIME-2: every acknowledged message is stored.
  for (const { key, id } of acknowledged) {
    expect(store.row(key).messages.some(({ message }) => message.id === id)).toBe(true);
  }
}

describe('interleavings', () => {
  it(`[TIME-2] [HOLD-2] [TURN-4] [SEND-5] hold in ${SEEDS} random schedules of three nodes with lost answers`, async () => {
    const seen = { agent: 0, people: 0, duplicates: 0, withheld: 0 };
    for (let seed = 1; seed <= SEEDS; seed += 1) {
      const done = await run(seed);
      try {
        check(done);
      } catch (error) {
        throw new Error(`seed ${seed}`, { cause: error });
      }
      seen.agent += done.received.filter(({ byAgent }) => byAgent).length;
      seen.people += done.received.filter(({ byAgent }) => !byAgent).length;
      seen.duplicates += done.duplicates;
      const messages = done.of.flatMap(({ key }) => done.world.fixture.store.row(key).messages);
      seen.withheld += messages.filter(({ message }) => message.delivery === 'withheld').length;
    }
    // Schedules in which these do not occur would prove nothing.
    expect(Object.values(seen).every((count) => count > 0)).toBe(true);
  }, 120_000);
});
