import { setTimeout as pause } from 'node:timers/promises';
import { databaseUrl, TEMPLATE } from '../../packages/database/src/testing/database-url.ts';
import { startTestServer, type TestServer } from '../../packages/database/src/testing/test-server.ts';
import { Line } from '../../test-support/line.ts';
import { Product } from './product.ts';
import { RedisServer } from './redis-server.ts';

export interface ClusterOptions {
  nodes?: number;
  /** Without: the nodes know of each other by the database alone. */
  redis?: boolean;
  env?: Record<string, string>;
  /** Acknowledged commits survive a crash of the database. Without, it is a fast one that forgets. */
  durable?: boolean;
  /** Nodes reach what they share past their lines, which then can do nothing to them, and cost nothing. */
  direct?: boolean;
}

/** One node, and its lines to what the nodes share: each may fail for itself. */
export interface ClusterNode {
  product: Product;
  toDatabase: Line;
  toRedis: Line | null;
}

/** As operators have it, but for the connections of several nodes. */
const DURABLE = { max_connections: '300' };

/** Real nodes on one PostgreSQL and one Redis, as an operator would run them. */
export class Cluster {
  readonly nodes: ClusterNode[] = [];
  readonly redis: RedisServer | null;
  private readonly database: TestServer;
  private readonly env: Record<string, string>;
  private readonly isDirect: boolean;

  private constructor(database: TestServer, redis: RedisServer | null, { env = {}, direct = false }: ClusterOptions) {
    this.database = database;
    this.redis = redis;
    this.env = env;
    this.isDirect = direct;
  }

  static async start(options: ClusterOptions = {}): Promise<Cluster> {
    const { nodes = 2, redis = true, durable = false } = options;
    const database = await startTestServer(durable ? { settings: DURABLE } : {});
    const cluster = new Cluster(database, redis ? await RedisServer.start() : null, options);
    try {
      await Promise.all(Array.from({ length: nodes }, () => cluster.add()));
    } catch (error) {
      await cluster.remove();
      throw error;
    }
    return cluster;
  }

  /** Of the database that the nodes share, past their lines. */
  get databaseUrl(): string {
    // The whole server is thrown away afterwards, so what others copy can be used itself.
    return databaseUrl(this.database.url, TEMPLATE);
  }

  /** The address of a node. */
  url(index: number): string {
    return this.node(index).product.url;
  }

  node(index: number): ClusterNode {
    const node = this.nodes[index];
    if (!node) throw new Error(`there is no node ${index}`);
    return node;
  }

  /**
   * Ends the database at once, as `pg_ctl stop -m immediate` does; or one of its processes, after which it ends the others
   * and recovers. Either way it comes back by itself.
   */
  crashDatabase(backend?: number): void {
    const pid = backend ?? this.database.pid();
    if (pid !== undefined) process.kill(pid, backend === undefined ? 'SIGQUIT' : 'SIGKILL');
  }

  /** One node more. */
  async add(): Promise<ClusterNode> {
    const toDatabase = await Line.to(this.databaseUrl);
    const toRedis = this.redis && (await Line.to(this.redis.url));
    const through = (line: Line, url: string) => (this.isDirect ? url : line.through(url));
    const product = await Product.start({
      DATABASE_URL: through(toDatabase, this.databaseUrl),
      SECRET_KEY: 'a key that only end-to-end tests have',
      ...(this.redis && toRedis ? { REDIS_URL: through(toRedis, this.redis.url) } : {}),
      ...this.env,
    });
    const node = { product, toDatabase, toRedis };
    this.nodes.push(node);
    return node;
  }

  /** Resolves when each node hears all the others. @throws after half a minute */
  async together(): Promise<void> {
    const deadline = Date.now() + 30_000;
    for (const { product } of this.nodes) {
      while ((await othersHeardBy(product.url)) !== this.nodes.length - 1) {
        if (Date.now() > deadline) throw new Error(`${product.url} does not hear all other nodes`);
        await pause(20);
      }
    }
  }

  async remove(): Promise<void> {
    // Resumes and reconnects everything, so that it can be stopped.
    this.redis?.resume();
    for (const { product, toDatabase, toRedis } of this.nodes) {
      product.resume();
      toDatabase.mend();
      toRedis?.mend();
    }
    await Promise.all(this.nodes.map(({ product }) => product.remove()));
    for (const { toDatabase, toRedis } of this.nodes) {
      await toDatabase.close();
      await toRedis?.close();
    }
    await this.redis?.kill();
    await this.database.stop();
  }
}

/** By its own figures. */
async function othersHeardBy(url: string): Promise<number> {
  const figures = await (await fetch(`${url}/metrics`)).text();
  return Number(/^baton_other_nodes (\d+)$/m.exec(figures)?.[1]);
}
