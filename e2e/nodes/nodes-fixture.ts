import type { Message } from '@baton/protocol';
import { Api, HttpCustomer } from '../support/api.ts';
import { Cluster, type ClusterOptions } from '../support/cluster.ts';
import { CustomerClient } from '../support/customer-client.ts';
import { OWNER } from '../support/product.ts';
import { Receiver } from '../support/receiver.ts';
import { TeamClient } from '../support/team-client.ts';
import { saying, WebhookAgent } from '../support/webhook-agent.ts';

/** Nodes with an agent, a channel and two teammates. */
export class NodesFixture {
  readonly cluster: Cluster;
  readonly agent: WebhookAgent;
  readonly receiver = new Receiver();
  /** Answers each call of the agent. */
  answer: () => unknown = () => saying('the answer');
  agentId = '';
  ada = { key: '', id: '' };
  ben = { key: '', id: '' };
  private inbound = { channelId: '', secret: '' };
  private webchatId = '';
  private readonly clients: { close(): void }[] = [];

  private constructor(cluster: Cluster) {
    this.cluster = cluster;
    this.agent = new WebhookAgent(() => this.answer());
  }

  static async start(options?: ClusterOptions): Promise<NodesFixture> {
    const fixture = new NodesFixture(await Cluster.start(options));
    const owner = fixture.owner();
    fixture.agentId = (await owner.createAgent('Robin', { kind: 'webhook', url: await fixture.agent.start() })).id;
    await owner.setRules(fixture.agentId, { replyDelaySeconds: 0, humanPriorityWindowSeconds: 60 });
    const shop = await owner.createChannel(fixture.agentId, await fixture.receiver.start());
    fixture.receiver.expectSignedWith(shop.signingSecret);
    fixture.inbound = { channelId: shop.channel.id, secret: shop.inboundSecret };
    fixture.webchatId = (await owner.createWebchat(fixture.agentId)).id;
    const [ada, ben] = [await owner.createTeammate('Ada'), await owner.createTeammate('Ben')];
    fixture.ada = { key: ada.key, id: ada.teammate.id };
    fixture.ben = { key: ben.key, id: ben.teammate.id };
    return fixture;
  }

  owner(node = 0): Api {
    return new Api(this.cluster.url(node), OWNER.apiKey);
  }

  api(who: { key: string }, node: number): Api {
    return new Api(this.cluster.url(node), who.key);
  }

  customer(id: string, node = 0): HttpCustomer {
    return new HttpCustomer(this.cluster.url(node), this.inbound.channelId, this.inbound.secret, id);
  }

  /** A live connection, closed with the fixture. */
  async joins(who: { key: string }, node: number): Promise<TeamClient> {
    const client = await TeamClient.connect(this.cluster.url(node), who.key);
    this.clients.push(client);
    return client;
  }

  /** A visitor of the website, connected to this node. */
  async visits(node: number): Promise<CustomerClient> {
    const client = await CustomerClient.arrive(this.cluster.url(node), this.webchatId);
    this.clients.push(client);
    return client;
  }

  async agentMessages(conversationId: string): Promise<Message[]> {
    return (await this.owner().messages(conversationId)).filter(({ author }) => author.kind === 'agent');
  }

  async close(): Promise<void> {
    for (const client of this.clients) client.close();
    await this.cluster.remove();
    await this.agent.stop();
    await this.receiver.stop();
  }
}
