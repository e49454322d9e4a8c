import { setTimeout as pause } from 'node:timers/promises';
import { openClient, type Sql } from '../../packages/database/src/connect.ts';
import { Random } from '../../proofs/random.ts';
import { restlessOf } from '../judge/evidence.ts';
import { Cluster } from '../support/cluster.ts';
import { Receiver } from '../support/receiver.ts';
import { saying, WebhookAgent } from '../support/webhook-agent.ts';
import { Crowd } from './crowd.ts';
import { befall, befallAll } from './faults.ts';
import { judgeAll, type Judged } from './judge-all.ts';
import { type Counts, NODE_FAULTS, SHARED_FAULTS, shuffled } from './plan.ts';
import { Recovery } from './recovery.ts';
import { openShop } from '../support/shop.ts';

export interface ChaosOptions {
  seed: number;
  counts: Counts;
  /** Answers to a COMMIT that are lost at least: swallowed until there are as many. */
  lostAnswers?: number;
  /** One fault after the other, or on all nodes at once. */
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
/** What is of unknown outcome blocks 30 s, once for the sender and once for the message (SEND-4). */
const REST_MS = 120_000;

/** Everything that can go wrong with three nodes, a database and a Redis, while customers write and a team answers. */
export async function chaos(options: ChaosOptions): Promise<ChaosResult> {
  const { seed, counts, isGentle = false, customers = 12, teammates = 6, lostAnswers = 0, say = () => {} } = options;
  const random = new Random(seed);
  const cluster = await Cluster.start({ nodes: NODES, durable: true });
  const latency = new Random(seed, 1);
  const agent = new WebhookAgent(async ({ turn }) => {
    agent.calls.length = 0;
    await pause(latency.below(150));
    return saying(`answer of turn ${turn}`);
  });
  const receiver = new Receiver();
  const sql = openClient(cluster.databaseUrl, { max: 2 });
  const running: (() => void)[] = [];
  const over = new AbortController();
  const working: Promise<void>[] = [];
  try {
    const { circumstances, ...shop } = await openShop(cluster, agent, receiver);
    const urls = cluster.nodes.map(({ product }) => product.url);
    const crowd = new Crowd({ ...shop, urls, random: new Random(seed, 2) });
    let probes = 0;
    let disturbances = 0;
    const probe = async () => {
      probes += 1;
      await crowd.write('probe', probes, 'Does it work again?');
    };
    const recovery = new Recovery(sql, cluster.databaseUrl, probe, () => disturbances);
    const faults: Record<string, number> = {};
    const disturb = async (fault: string, act: () => Promise<void>): Promise<void> => {
      disturbances += 1;
      await act();
      const [ended] = cluster.nodes.flatMap(({ product }) => product.endedItself ?? []);
      if (ended !== undefined) throw new Error(`a node ended by itself after ${fault}, ${ended}`);
      disturbances += 1;
      faults[fault] = (faults[fault] ?? 0) + 1;
      if (isGentle) say(`${fault}, ${crowd.requests} requests`);
      await pause(random.below(400));
    };

    const tell = () => {
      const done = Object.entries(faults).map(([fault, times]) => `${fault} ${times}`);
      say(`${done.join(', ')}; ${crowd.requests} requests, ${crowd.lostAnswers} answers lost`);
    };
    const telling = setInterval(tell, TELL_MS);
    running.push(() => clearInterval(telling));
    await crowd.start({ customers, teammates });
    await crowd.gather();
    const forNodes = shuffled(NODE_FAULTS, counts, random);
    const forAll = shuffled(SHARED_FAULTS, counts, random);
    const each = Math.max(1, Math.floor(forNodes.length / (forAll.length + 1)));
    let taken = 0;
    const work = async (nodes: number[]): Promise<void> => {
      for (let turn = 0; !over.signal.aborted; turn += 1) {
        const shared = forNodes.length % each === 0 ? forAll.shift() : undefined;
        if (shared) await disturb(shared, () => befallAll(cluster, shared, sql, recovery));
        const fault = forNodes.shift() ?? (crowd.lostAnswers < lostAnswers ? 'swallow' : undefined);
        if (!fault) break;
        const own = new Random(seed, 1_000 + (taken += 1));
        const node = cluster.node(nodes[turn % nodes.length] ?? 0);
        await disturb(fault, () => befall(node, fault, own, { recovery, crowd }));
      }
    };
    const indexes = cluster.nodes.map((_, index) => index);
    working.push(...(isGentle ? [indexes] : indexes.map((index) => [index])).map(work));
    await Promise.race([Promise.all(working), crowd.gaveUp]);
    for (const shared of forAll) await disturb(shared, () => befallAll(cluster, shared, sql, recovery));
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
    // What is still being done to nodes that are about to be stopped would start them again.
    over.abort();
    await Promise.allSettled(working);
    throw error;
  } finally {
    for (const end of running) end();
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
