import { setTimeout as pause } from 'node:timers/promises';
import type { Sql } from '../../packages/database/src/connect.ts';
import { Random } from '../../proofs/random.ts';
import type { Cluster } from '../support/cluster.ts';
import type { Crowd } from './crowd.ts';
import type { Disturbances } from './disturbances.ts';
import { befall, befallAll } from './faults.ts';
import { type Counts, NODE_FAULTS, type NodeFault, SHARED_FAULTS, type SharedFault, shuffled } from './plan.ts';
import type { Recovery } from './recovery.ts';

export interface StormOptions {
  cluster: Cluster;
  sql: Sql;
  crowd: Crowd;
  disturbances: Disturbances;
  recovery: Recovery;
  seed: number;
  counts: Counts;
  /** Answers are swallowed until as many are lost, beyond what is counted. */
  lostAnswers: number;
}

/** Everything that goes wrong, in an order that the seed decides. */
export class Storm {
  /** How often, by name. */
  readonly faults: Record<string, number> = {};
  readonly #options: StormOptions;
  readonly #random: Random;
  readonly #forNodes: NodeFault[];
  readonly #forAll: SharedFault[];
  /** So many faults of nodes come between two that befall all of them. */
  readonly #each: number;
  readonly #working: Promise<void>[] = [];
  #taken = 0;
  #isOver = false;

  constructor(options: StormOptions) {
    const { seed, counts } = options;
    this.#options = options;
    this.#random = new Random(seed);
    this.#forNodes = shuffled(NODE_FAULTS, counts, this.#random);
    this.#forAll = shuffled(SHARED_FAULTS, counts, this.#random);
    this.#each = Math.max(1, Math.floor(this.#forNodes.length / (this.#forAll.length + 1)));
  }

  /** One fault after the other, until a share of them is left. */
  async oneByOne(share: number): Promise<void> {
    await this.#work([this.#nodes()], Math.floor(share * this.#forNodes.length));
  }

  /** What is left, on all nodes at once. */
  async atOnce(): Promise<void> {
    await this.#work(
      this.#nodes().map((node) => [node]),
      0,
    );
  }

  /** What is still being done to nodes that are about to be stopped would start them again. */
  async stop(): Promise<void> {
    this.#isOver = true;
    await Promise.allSettled(this.#working);
  }

  #nodes(): number[] {
    return this.#options.cluster.nodes.map((_, index) => index);
  }

  async #work(groups: number[][], left: number): Promise<void> {
    const working = groups.map((nodes) => this.#visit(nodes, left));
    this.#working.push(...working);
    await Promise.race([Promise.all(working), this.#options.crowd.gaveUp]);
  }

  async #visit(nodes: number[], left: number): Promise<void> {
    const { cluster, crowd, recovery, seed } = this.#options;
    for (let turn = 0; !this.#isOver; turn += 1) {
      if (this.#forNodes.length % this.#each === 0) await this.#befallAll();
      const fault = this.#next(left);
      if (!fault) break;
      const own = new Random(seed, 1_000 + (this.#taken += 1));
      const node = cluster.node(nodes[turn % nodes.length] ?? 0);
      await this.#disturb(fault, () => befall(node, fault, own, { recovery, crowd }));
    }
    if (left > 0) return;
    while (this.#forAll.length > 0) await this.#befallAll();
  }

  #next(left: number): NodeFault | undefined {
    if (this.#forNodes.length > left) return this.#forNodes.shift();
    const { crowd, lostAnswers } = this.#options;
    return left === 0 && crowd.lostAnswers < lostAnswers ? 'swallow' : undefined;
  }

  async #befallAll(): Promise<void> {
    const { cluster, sql, recovery } = this.#options;
    const fault = this.#forAll.shift();
    if (fault) await this.#disturb(fault, () => befallAll(cluster, fault, sql, recovery));
  }

  async #disturb(fault: string, act: () => Promise<void>): Promise<void> {
    const { cluster, disturbances } = this.#options;
    await disturbances.during(act);
    const [ended] = cluster.nodes.flatMap(({ product }) => product.endedItself ?? []);
    if (ended !== undefined) throw new Error(`a node ended by itself after ${fault}, ${ended}`);
    this.faults[fault] = (this.faults[fault] ?? 0) + 1;
    await pause(this.#random.below(400));
  }
}
