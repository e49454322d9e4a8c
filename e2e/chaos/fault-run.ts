import { setTimeout as pause } from 'node:timers/promises';
import type { Sql } from '../../packages/database/src/connect.ts';
import { Random } from '../../proofs/random.ts';
import type { Cluster } from '../support/cluster.ts';
import type { Clients } from './clients.ts';
import type { ActiveFaults } from './active-faults.ts';
import { injectNodeFault, injectSharedFault } from './faults.ts';
import { type Counts, NODE_FAULTS, type NodeFault, SHARED_FAULTS, type SharedFault, shuffled } from './plan.ts';
import type { Recovery } from './recovery.ts';

export interface FaultRunOptions {
  cluster: Cluster;
  sql: Sql;
  clients: Clients;
  activeFaults: ActiveFaults;
  recovery: Recovery;
  seed: number;
  counts: Counts;
  /** Answers are swallowed beyond the plan until this many are lost. */
  lostAnswers: number;
}

/** Injects all planned faults in an order that the seed decides. */
export class FaultRun {
  /** The number of each injected fault. */
  readonly faults: Record<string, number> = {};
  readonly #options: FaultRunOptions;
  readonly #random: Random;
  readonly #forNodes: NodeFault[];
  readonly #forAll: SharedFault[];
  /** The number of node faults between two shared faults. */
  readonly #each: number;
  readonly #working: Promise<void>[] = [];
  #taken = 0;
  #isOver = false;

  constructor(options: FaultRunOptions) {
    const { seed, counts } = options;
    this.#options = options;
    this.#random = new Random(seed);
    this.#forNodes = shuffled(NODE_FAULTS, counts, this.#random);
    this.#forAll = shuffled(SHARED_FAULTS, counts, this.#random);
    this.#each = Math.max(1, Math.floor(this.#forNodes.length / (this.#forAll.length + 1)));
  }

  /** Injects one fault at a time until this share of them is left. */
  async oneAtATime(share: number): Promise<void> {
    await this.#work([this.#nodes()], Math.floor(share * this.#forNodes.length));
  }

  /** Injects the remaining faults into all nodes at once. */
  async atOnce(): Promise<void> {
    await this.#work(
      this.#nodes().map((node) => [node]),
      0,
    );
  }

  /** Ends the run before the nodes are stopped: a running fault would start them again. */
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
    await Promise.race([Promise.all(working), this.#options.clients.gaveUp]);
  }

  async #visit(nodes: number[], left: number): Promise<void> {
    const { cluster, clients, recovery, seed } = this.#options;
    for (let turn = 0; !this.#isOver; turn += 1) {
      if (this.#forNodes.length % this.#each === 0) await this.#injectSharedFault();
      const fault = this.#next(left);
      if (!fault) break;
      const own = new Random(seed, 1_000 + (this.#taken += 1));
      const node = cluster.node(nodes[turn % nodes.length] ?? 0);
      await this.#inject(fault, () => injectNodeFault(node, fault, own, { recovery, clients }));
    }
    if (left > 0) return;
    while (this.#forAll.length > 0) await this.#injectSharedFault();
  }

  #next(left: number): NodeFault | undefined {
    if (this.#forNodes.length > left) return this.#forNodes.shift();
    const { clients, lostAnswers } = this.#options;
    return left === 0 && clients.lostAnswers < lostAnswers ? 'swallow' : undefined;
  }

  async #injectSharedFault(): Promise<void> {
    const { cluster, sql, recovery } = this.#options;
    const fault = this.#forAll.shift();
    if (fault) await this.#inject(fault, () => injectSharedFault(cluster, fault, sql, recovery));
  }

  async #inject(fault: string, act: () => Promise<void>): Promise<void> {
    const { cluster, activeFaults } = this.#options;
    await activeFaults.during(act);
    const [ended] = cluster.nodes.flatMap(({ product }) => product.endedItself ?? []);
    if (ended !== undefined) throw new Error(`a node ended by itself after ${fault}, ${ended}`);
    this.faults[fault] = (this.faults[fault] ?? 0) + 1;
    await pause(this.#random.below(400));
  }
}
