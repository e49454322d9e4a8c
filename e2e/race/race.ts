import { setTimeout as pause } from 'node:timers/promises';
import { openClient, type Sql } from '../../packages/database/src/connect.ts';
import { Random } from '../../proofs/random.ts';
import { restlessOf, storedOf } from '../judge/evidence.ts';
import { type Circumstances, judge } from '../judge/judge.ts';
import { Api, HttpCustomer } from '../support/api.ts';
import { Cluster } from '../support/cluster.ts';
import { OWNER } from '../support/product.ts';
import { Receiver } from '../support/receiver.ts';
import { openShop } from '../support/shop.ts';
import { RacingAgent } from './agent.ts';
import { type Duel, duel } from './duel.ts';

export interface RaceOptions {
  seed: number;
  /** The race ends once so many takeovers were contested. */
  contested: number;
  nodes?: number;
  /** Conversations at once. */
  duels?: number;
  /** Takeovers tried in each. */
  acts?: number;
  say?: (progress: string) => void;
}

export interface RaceResult {
  conversations: number;
  contested: number;
  claims: number;
  withheld: number;
  calls: number;
  aborted: number;
  received: number;
  perSecond: number;
  violations: string[];
}

/** Longer than any reply takes on a busy machine. */
const REST_MS = 120_000;

/** Takeovers against replies on several real nodes: people and agent meet in many conversations at once. */
export async function race(options: RaceOptions): Promise<RaceResult> {
  const { seed, contested, nodes = 3, duels = 32, acts = 30, say = () => {} } = options;
  const cluster = await Cluster.start({ nodes });
  const [agent, receiver] = [new RacingAgent(), new Receiver()];
  const sql = openClient(cluster.databaseUrl, { max: 2 });
  try {
    const shop = await openShop(cluster, agent, receiver, false);
    const random = new Random(seed);
    const at = () => cluster.url(random.below(nodes));
    const result: RaceResult = {
      conversations: 0,
      contested: 0,
      claims: 0,
      withheld: 0,
      calls: 0,
      aborted: 0,
      received: 0,
      perSecond: 0,
      violations: [],
    };
    const began = performance.now();
    let told = began;
    const goes = async (): Promise<void> => {
      while (result.contested < contested && result.violations.length === 0) {
        const number = result.conversations;
        result.conversations += 1;
        const name = `race-${number}`;
        const arrived = (conversationId: string) => receiver.of(conversationId).length;
        const customer = new HttpCustomer(at(), shop.channelId, shop.inboundSecret, name);
        const own = new Random(seed, number);
        const teammate = () => new Api(at(), own.pick(shop.keys));
        const held = await duel({ agent, customer, teammate, random: own, arrived }, acts);
        await settle(new Api(at(), OWNER.apiKey), sql, agent, held);
        const verdict = await judged(sql, receiver, held, shop.circumstances);
        for (const what of ['contested', 'claims', 'withheld'] as const) result[what] += verdict[what];
        result.violations.push(...verdict.violations);
        agent.forget(held.conversationId);
        result.received += receiver.forget(held.conversationId);
        if (performance.now() - told < 30_000) continue;
        told = performance.now();
        say(`${result.contested} contested, ${Math.round((1000 * result.contested) / (told - began))} per second`);
      }
    };
    await Promise.all(Array.from({ length: duels }, goes));
    if (receiver.forged > 0) result.violations.push('unsigned callbacks');
    const seconds = (performance.now() - began) / 1000;
    return { ...result, calls: agent.calls, aborted: agent.aborted, perSecond: Math.round(result.contested / seconds) };
  } finally {
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

async function judged(sql: Sql, receiver: Receiver, held: Duel, circumstances: Circumstances) {
  const { conversationId, acknowledged } = held;
  const [stored] = await storedOf(sql, [conversationId]);
  if (!stored) throw new Error(`conversation ${conversationId} is not stored`);
  return judge({ ...stored, received: receiver.of(conversationId), acknowledged }, circumstances);
}
