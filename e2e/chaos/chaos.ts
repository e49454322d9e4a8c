import { setTimeout as pause } from 'node:timers/promises';
import { openClient, type Sql } from '../../packages/database/src/connect.ts';
import { Random } from '../../proofs/random.ts';
import { restlessOf } from '../judge/evidence.ts';
import { Cluster } from '../support/cluster.ts';
import { Receiver } from '../support/receiver.ts';
import { saying, WebhookAgent } from '../support/webhook-agent.ts';
import { Clients } from './clients.ts';
import { ActiveFaults } from './active-faults.ts';
import { judgeAll, type Judged } from './judge-all.ts';
import type { Counts } from './plan.ts';
import { Recovery } from './recovery.ts';
import { FaultRun } from './fault-run.ts';
import { openShop } from '../support/shop.ts';

export interface ChaosOptions {
  seed: number;
  counts: Counts;
  /** The least number of lost answers to a COMMIT: answers are swallowed until this many are lost. */
  lostAnswers?: number;
  /** Injects all faults one at a time, not only the first share of them. */
  isGentle?: boolean;
  customers?: number;
  teammates?: number;
  say?: (progress: string) => void;
}

export interface ChaosResult extends Judged {
  requests: number;
  /** COMMITs whose answer was lost, seen by the clients that retried. */
  lostAnswers: number;
  faults: Record<string, number>;
  /** Seconds per recovery. */
  afterNodeDeath: number[];
  afterDatabaseBack: number[];
  untilRest: number;
}

const NODES = 3;
const TELL_MS = 10_000;
/** The share of faults injected one at a time, so that the recovery from each can be timed. */
const ALONE = 0.1;
/** A delivery of unknown outcome blocks its lane for 30 s, once for the sender and once for the message (SEND-4). */
const REST_MS = 120_000;

/** Injects faults into three nodes, a database and a Redis while customers write and a team answers. */
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
  let faultRun: FaultRun | undefined;
  try {
    const { circumstances, ...shop } = await openShop(cluster, agent, receiver);
    const urls = cluster.nodes.map(({ product }) => product.url);
    const clients = new Clients({ ...shop, urls, random: new Random(seed, 2) });
    let probes = 0;
    const probe = async () => {
      probes += 1;
      await clients.write('probe', probes, 'Does it work again?');
    };
    const activeFaults = new ActiveFaults();
    const recovery = new Recovery(sql, cluster.databaseUrl, probe, activeFaults);
    faultRun = new FaultRun({ cluster, sql, clients, activeFaults, recovery, seed, counts, lostAnswers });
    const { faults } = faultRun;
    const tell = () => {
      const done = Object.entries(faults).map(([fault, times]) => `${fault} ${times}`);
      say(`${done.join(', ')}; ${clients.requests} requests, ${clients.lostAnswers} answers lost`);
    };
    telling = setInterval(tell, TELL_MS);
    await clients.start({ customers, teammates });
    await clients.openBurstConversations();
    await faultRun.oneAtATime(isGentle ? 0 : 1 - ALONE);
    await faultRun.atOnce();
    await clients.stop();
    say(`${clients.acknowledged.size} conversations settle`);

    const untilRest = await settle(sql, clients);
    const judged = await judgeAll(sql, clients, receiver, circumstances);
    return {
      ...judged,
      requests: clients.requests,
      lostAnswers: clients.lostAnswers,
      faults,
      afterNodeDeath: recovery.afterNodeDeath,
      afterDatabaseBack: recovery.afterDatabaseBack,
      untilRest,
    };
  } catch (error) {
    say(String(error));
    for (const { product } of cluster.nodes) for (const line of product.complaints.slice(-50)) say(line.trim());
    await faultRun?.stop();
    throw error;
  } finally {
    clearInterval(telling);
    await sql.end({ timeout: 1 });
    await cluster.remove();
    await agent.stop();
    await receiver.stop();
  }
}

/** Hands every conversation back until all is answered and sent. @returns seconds. @throws after two minutes */
async function settle(sql: Sql, clients: Clients): Promise<number> {
  const began = performance.now();
  const ids = [...clients.acknowledged.keys()];
  for (;;) {
    // A conversation stopped as a loop waits for the team (TURN-12).
    const restless = (await restlessOf(sql, ids)).filter(({ reason }) => reason !== 'loop');
    if (restless.length === 0) return (performance.now() - began) / 1000;
    if (performance.now() - began > REST_MS)
      throw new Error(`still in progress: ${JSON.stringify(restless.slice(0, 5))}`);
    const held = restless.filter(({ state }) => state !== 'agentActive');
    for (const { id } of held) await clients.handsBack(id);
    await pause(100);
  }
}
