import { setTimeout as pause } from 'node:timers/promises';
import { openClient, type Sql } from '../../packages/database/src/connect.ts';
import { Random } from '../../proofs/random.ts';
import { restlessOf } from '../judge/evidence.ts';
import { Cluster } from '../support/cluster.ts';
import { Receiver } from '../support/receiver.ts';
import { saying, WebhookAgent } from '../support/webhook-agent.ts';
import { Crowd } from './crowd.ts';
import { Disturbances } from './disturbances.ts';
import { judgeAll, type Judged } from './judge-all.ts';
import type { Counts } from './plan.ts';
import { Recovery } from './recovery.ts';
import { Storm } from './storm.ts';
import { openShop } from '../support/shop.ts';

export interface ChaosOptions {
  seed: number;
  counts: Counts;
  /** Answers to a COMMIT that are lost at least: swallowed until there are as many. */
  lostAnswers?: number;
  /** All faults one after the other, and not only the first of them. */
  isGentle?: boolean;
  customers?: number;
  teammates?: number;
  say?: (progress: string) => void;
}

export interface ChaosResult extends Judged {
  requests: number;
  /** COMMITs whose answer got lost, seen by the clients that asked again. */
  lostAnswers: number;
  faults: Record<string, number>;
  /** Seconds, each time. */
  afterNodeDeath: number[];
  afterDatabaseBack: number[];
  untilRest: number;
}

const NODES = 3;
const TELL_MS = 10_000;
/** The share of the faults that come one after the other: how long it took to recover from one can be told then. */
const ALONE = 0.1;
/** What is of unknown outcome blocks 30 s, once for the sender and once for the message (SEND-4). */
const REST_MS = 120_000;

/** Everything that can go wrong with three nodes, a database and a Redis, while customers write and a team answers. */
export async function chaos(options: ChaosOptions): Promise<ChaosResult> {
  const { seed, counts, isGentle = false, customers = 12, teammates = 6, lostAnswers = 0, say = () => {} } = options;
  const cluster = await Cluster.start({ nodes: NODES, durable: true });
  const latency = new Random(seed, 1);
  const agent = new WebhookAgent(async ({ turn }) => {
    agent.calls.length = 0;
    await pause(latency.below(150));
    return saying(`answer of turn ${turn}`);
  });
  const receiver = new Receiver();
  const sql = openClient(cluster.databaseUrl, { max: 2 });
  let telling: NodeJS.Timeout | undefined;
  let storm: Storm | undefined;
  try {
    const { circumstances, ...shop } = await openShop(cluster, agent, receiver);
    const urls = cluster.nodes.map(({ product }) => product.url);
    const crowd = new Crowd({ ...shop, urls, random: new Random(seed, 2) });
    let probes = 0;
    const probe = async () => {
      probes += 1;
      await crowd.write('probe', probes, 'Does it work again?');
    };
    const disturbances = new Disturbances();
    const recovery = new Recovery(sql, cluster.databaseUrl, probe, disturbances);
    storm = new Storm({ cluster, sql, crowd, disturbances, recovery, seed, counts, lostAnswers });
    const { faults } = storm;
    const tell = () => {
      const done = Object.entries(faults).map(([fault, times]) => `${fault} ${times}`);
      say(`${done.join(', ')}; ${crowd.requests} requests, ${crowd.lostAnswers} answers lost`);
    };
    telling = setInterval(tell, TELL_MS);
    await crowd.start({ customers, teammates });
    await crowd.gather();
    await storm.oneByOne(isGentle ? 0 : 1 - ALONE);
    await storm.atOnce();
    await crowd.stop();
    say(`${crowd.acknowledged.size} conversations come to rest`);

    const untilRest = await settle(sql, crowd);
    const judged = await judgeAll(sql, crowd, receiver, circumstances);
    return {
      ...judged,
      requests: crowd.requests,
      lostAnswers: crowd.lostAnswers,
      faults,
      afterNodeDeath: recovery.afterNodeDeath,
      afterDatabaseBack: recovery.afterDatabaseBack,
      untilRest,
    };
  } catch (error) {
    say(String(error));
    for (const { product } of cluster.nodes) for (const line of product.complaints.slice(-50)) say(line.trim());
    await storm?.stop();
    throw error;
  } finally {
    clearInterval(telling);
    await sql.end({ timeout: 1 });
    await cluster.remove();
    await agent.stop();
    await receiver.stop();
  }
}

/** Everybody lets go, and all that waits is answered and sent. Gives the seconds that it took. @throws after two minutes */
async function settle(sql: Sql, crowd: Crowd): Promise<number> {
  const began = performance.now();
  const ids = [...crowd.acknowledged.keys()];
  for (;;) {
    // A machine's loop is told to the team, and waits for it (TURN-12).
    const restless = (await restlessOf(sql, ids)).filter(({ reason }) => reason !== 'loop');
    if (restless.length === 0) return (performance.now() - began) / 1000;
    if (performance.now() - began > REST_MS) throw new Error(`no rest: ${JSON.stringify(restless.slice(0, 5))}`);
    const held = restless.filter(({ state }) => state !== 'agentActive');
    for (const { id } of held) await crowd.handsBack(id);
    await pause(100);
  }
}
