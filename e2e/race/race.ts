import { setTimeout as pause } from 'node:timers/promises';
import { openClient, type Sql } from '../../packages/database/src/connect.ts';
import { Random } from '../../proofs/random.ts';
import { count, type Tally } from '../../proofs/tally.ts';
import { restlessOf, storedOf } from '../judge/evidence.ts';
import { type Circumstances, judge } from '../judge/judge.ts';
import { Api, HttpCustomer } from '../support/api.ts';
import { Cluster } from '../support/cluster.ts';
import { OWNER } from '../support/product.ts';
import { Receiver } from '../support/receiver.ts';
import { openShop } from '../support/shop.ts';
import { RacingAgent } from './agent.ts';
import { TakeoverTiming } from './timing.ts';
import { type RacedConversation, raceInConversation } from './contested-conversation.ts';

export interface RaceOptions {
  seed: number;
  /** The race ends after this many contested takeovers. */
  contested: number;
  /** Until this is true the race continues, up to ten times as long: the outcomes depend on luck and on the machine. */
  isEnough?: (soFar: RaceResult) => boolean;
  nodes?: number;
  /** Conversations at the same time. */
  duels?: number;
  /** Takeovers tried in each. */
  acts?: number;
  say?: (progress: string) => void;
}

export interface RaceResult {
  conversations: number;
  acts: number;
  contested: number;
  claims: number;
  withheld: number;
  calls: number;
  /** Calls of the agent that were aborted. */
  aborted: number;
  received: number;
  perSecond: number;
  /** How often each kind of takeover met each phase of a reply. */
  met: Tally;
  violations: string[];
}

/** Longer than any reply takes on a busy machine. */
const SETTLE_TIMEOUT_MS = 120_000;
const PROGRESS_MS = 10_000;

/**
 * Races takeovers against replies on several real nodes, in many conversations at once. Each conversation is judged as soon
 * as it ends, and then forgotten.
 */
export async function race(options: RaceOptions): Promise<RaceResult> {
  const { seed, contested, isEnough = () => true, nodes = 3, duels = 48, acts = 40, say = () => {} } = options;
  const cluster = await Cluster.start({ nodes, direct: true });
  const [agent, receiver, timing] = [new RacingAgent(), new Receiver(), new TakeoverTiming()];
  const sql = openClient(cluster.databaseUrl, { max: 4 });
  const result = emptyResult();
  const began = performance.now();
  const isUnfinished = () =>
    result.violations.length === 0 &&
    (result.contested < contested || (result.contested < 10 * contested && !isEnough(result)));
  const perSecond = () => Math.round((1000 * result.contested) / (performance.now() - began));
  const progress = setInterval(() => {
    const { violations } = result;
    say(`${result.contested} contested, ${perSecond()} per second, ${violations.length} violations`);
  }, PROGRESS_MS);
  try {
    const shop = await openShop(cluster, agent, receiver, false);
    const random = new Random(seed);
    const at = () => cluster.url(random.below(nodes));
    const arrived = (conversationId: string) => receiver.of(conversationId).length;
    const runConversations = async (): Promise<void> => {
      while (isUnfinished()) {
        const number = result.conversations;
        result.conversations += 1;
        const customer = new HttpCustomer(at(), shop.channelId, shop.inboundSecret, `race-${number}`);
        const own = new Random(seed, number);
        const teammate = () => new Api(at(), own.pick(shop.keys));
        const held = await raceInConversation({ agent, customer, teammate, random: own, timing, arrived }, acts);
        await settle(new Api(at(), OWNER.apiKey), sql, agent, held);
        await judged(sql, receiver, held, shop.circumstances, result, timing);
        agent.forget(held.conversationId);
        result.received += receiver.forget(held.conversationId);
      }
    };
    await Promise.all(Array.from({ length: duels }, runConversations));
    if (receiver.forged > 0) result.violations.push('unsigned callbacks');
    return { ...result, calls: agent.calls, aborted: agent.aborted, perSecond: perSecond() };
  } finally {
    clearInterval(progress);
    await sql.end();
    await cluster.remove();
    await agent.stop();
    await receiver.stop();
  }
}

/** Hands back, so that the agent answers what is open, and waits until nothing is in progress. @throws after two minutes */
async function settle(owner: Api, sql: Sql, agent: RacingAgent, { conversationId }: RacedConversation): Promise<void> {
  agent.release(conversationId);
  await owner.setAgentReplies(conversationId, true);
  const deadline = performance.now() + SETTLE_TIMEOUT_MS;
  for (;;) {
    const [restless] = await restlessOf(sql, [conversationId]);
    if (!restless) return;
    if (performance.now() > deadline) throw new Error(`still in progress: ${JSON.stringify(restless)}`);
    await pause(50);
  }
}

async function judged(
  sql: Sql,
  receiver: Receiver,
  { conversationId, acknowledged, tried }: RacedConversation,
  circumstances: Circumstances,
  result: RaceResult,
  timing: TakeoverTiming,
): Promise<void> {
  const [stored] = await storedOf(sql, [conversationId]);
  if (!stored) throw new Error(`conversation ${conversationId} is not stored`);
  const { violations, contests, ...verdict } = judge(
    { ...stored, received: receiver.of(conversationId), acknowledged },
    circumstances,
  );
  for (const what of ['contested', 'claims', 'withheld'] as const) result[what] += verdict[what];
  result.acts += contests.length;
  result.violations.push(...violations);
  for (const { act, phase } of contests) count(result.met, act, phase ?? 'no reply');
  // Delays and phases match only if each takeover became an event.
  if (contests.length !== tried.length) return;
  for (const [index, it] of tried.entries()) timing.learn(it, contests[index]?.phase ?? null);
}

function emptyResult(): RaceResult {
  return {
    conversations: 0,
    acts: 0,
    contested: 0,
    claims: 0,
    withheld: 0,
    calls: 0,
    aborted: 0,
    received: 0,
    perSecond: 0,
    met: {},
    violations: [],
  };
}
