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
import { Aim } from './aim.ts';
import { type Duel, duel } from './duel.ts';

export interface RaceOptions {
  seed: number;
  /** The race ends once so many takeovers were contested. */
  contested: number;
  /** With less the race goes on, up to ten times as long: which outcomes there are is a matter of luck, and of the machine. */
  isEnough?: (soFar: RaceResult) => boolean;
  nodes?: number;
  /** Conversations at once. */
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
  /** Calls of the agent that were cut short. */
  aborted: number;
  received: number;
  perSecond: number;
  /** Which act met which phase of a reply. */
  met: Tally;
  violations: string[];
}

/** Longer than any reply takes on a busy machine. */
const REST_MS = 120_000;
const TELL_MS = 10_000;

/**
 * Takeovers against replies on several real nodes: people and agent meet in many conversations at once. Each conversation is
 * judged as soon as it is over, and then forgotten.
 */
export async function race(options: RaceOptions): Promise<RaceResult> {
  const { seed, contested, isEnough = () => true, nodes = 3, duels = 48, acts = 40, say = () => {} } = options;
  const cluster = await Cluster.start({ nodes, direct: true });
  const [agent, receiver, aim] = [new RacingAgent(), new Receiver(), new Aim()];
  const sql = openClient(cluster.databaseUrl, { max: 4 });
  const result = nothingYet();
  const began = performance.now();
  const goesOn = () =>
    result.violations.length === 0 &&
    (result.contested < contested || (result.contested < 10 * contested && !isEnough(result)));
  const perSecond = () => Math.round((1000 * result.contested) / (performance.now() - began));
  const telling = setInterval(() => {
    const { violations } = result;
    say(`${result.contested} contested, ${perSecond()} per second, ${violations.length} violations`);
  }, TELL_MS);
  try {
    const shop = await openShop(cluster, agent, receiver, false);
    const random = new Random(seed);
    const at = () => cluster.url(random.below(nodes));
    const arrived = (conversationId: string) => receiver.of(conversationId).length;
    const goes = async (): Promise<void> => {
      while (goesOn()) {
        const number = result.conversations;
        result.conversations += 1;
        const customer = new HttpCustomer(at(), shop.channelId, shop.inboundSecret, `race-${number}`);
        const own = new Random(seed, number);
        const teammate = () => new Api(at(), own.pick(shop.keys));
        const held = await duel({ agent, customer, teammate, random: own, aim, arrived }, acts);
        await settle(new Api(at(), OWNER.apiKey), sql, agent, held);
        await judged(sql, receiver, held, shop.circumstances, result, aim);
        agent.forget(held.conversationId);
        result.received += receiver.forget(held.conversationId);
      }
    };
    await Promise.all(Array.from({ length: duels }, goes));
    if (receiver.forged > 0) result.violations.push('unsigned callbacks');
    return { ...result, calls: agent.calls, aborted: agent.aborted, perSecond: perSecond() };
  } finally {
    clearInterval(telling);
    await sql.end();
    await cluster.remove();
    await agent.stop();
    await receiver.stop();
  }
}

/** All is handed back, so that what waits is answered, and then nothing may be left under way. @throws after two minutes */
async function settle(owner: Api, sql: Sql, agent: RacingAgent, { conversationId }: Duel): Promise<void> {
  agent.release(conversationId);
  await owner.setAgentReplies(conversationId, true);
  const deadline = performance.now() + REST_MS;
  for (;;) {
    const [restless] = await restlessOf(sql, [conversationId]);
    if (!restless) return;
    if (performance.now() > deadline) throw new Error(`no rest: ${JSON.stringify(restless)}`);
    await pause(50);
  }
}

async function judged(
  sql: Sql,
  receiver: Receiver,
  { conversationId, acknowledged, tried }: Duel,
  circumstances: Circumstances,
  result: RaceResult,
  aim: Aim,
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
  // Which moment led where can be told only if each act is an event.
  if (contests.length !== tried.length) return;
  for (const [index, it] of tried.entries()) aim.learn(it, contests[index]?.phase ?? null);
}

function nothingYet(): RaceResult {
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
