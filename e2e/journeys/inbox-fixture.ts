import type { Agent, HumanInteractionRules, ReplyRequest } from '@baton/protocol';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright';
import { expect } from 'vitest';
import { chromiumLaunchOptions } from '../../test-support/chromium.ts';
import { Api } from '../support/api.ts';
import { Desk, signedIn, type Account } from '../support/desk.ts';
import { OWNER, Product } from '../support/product.ts';
import { PATIENCE_MS } from '../support/soon.ts';
import { Visitor } from '../support/visitor.ts';
import { saying, WebhookAgent } from '../support/webhook-agent.ts';

/** An agent of the test's own, and a web chat that reaches it. */
export interface Shop {
  agent: Agent;
  webhook: WebhookAgent;
  channelId: string;
}

type Answer = (request: ReplyRequest) => unknown;

/** The product, a browser, and people in it. Each person has a browser context, each test new pages. */
export class InboxFixture {
  readonly product: Product;
  readonly browser: Browser;
  readonly owner: Api;
  private readonly team = new Map<string, BrowserContext>();
  private webhooks: WebhookAgent[] = [];
  private people: (Desk | Visitor)[] = [];
  private guests: BrowserContext[] = [];

  private constructor(product: Product, browser: Browser) {
    this.product = product;
    this.browser = browser;
    this.owner = new Api(product.url, OWNER.apiKey);
  }

  /** With these teammates signed in, beside the owner. */
  static async start(...teammates: string[]): Promise<InboxFixture> {
    const [product, browser] = await Promise.all([Product.start(), chromium.launch(chromiumLaunchOptions())]);
    const fixture = new InboxFixture(product, browser);
    const join = async (name: string) => {
      const { teammate, password } = await fixture.owner.createTeammate(name);
      await fixture.signIn(name, { email: teammate.email, password });
    };
    await Promise.all([fixture.signIn('Owner', OWNER), ...teammates.map(join)]);
    return fixture;
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.product.remove();
  }

  /** Replies without delay, and by default a window of 2 s. */
  async shop(answer: Answer, rules: Partial<HumanInteractionRules> = {}): Promise<Shop> {
    const webhook = new WebhookAgent(answer);
    this.webhooks.push(webhook);
    const backend = { kind: 'webhook', url: await webhook.start() } as const;
    const agent = await this.owner.createAgent('Robin', backend);
    await this.owner.setRules(agent.id, { replyDelaySeconds: 0, humanPriorityWindowSeconds: 2, ...rules });
    const { id } = await this.owner.createWebchat(agent.id);
    return { agent, webhook, channelId: id };
  }

  /** @param clockAheadMs how wrong the clock of their computer is */
  async desk(name: string, { path = '/inbox', clockAheadMs = 0 } = {}): Promise<Desk> {
    const page = await this.contextOf(name).newPage();
    const desk = this.remember(new Desk(page));
    if (clockAheadMs !== 0)
      await page.addInitScript(`{ const now = Date.now; Date.now = () => now() + ${clockAheadMs}; }`);
    await page.goto(path);
    await page.getByRole('navigation', { name: 'Baton' }).waitFor();
    return desk;
  }

  /** The inbox with a conversation for each name, the newest first, in which the agent has answered. */
  async deskWith(teammate: string, names: readonly string[]): Promise<{ desk: Desk; guests: Visitor[] }> {
    const shop = await this.shop(() => saying('Hello, how can I help?'), { humanPriorityWindowSeconds: 600 });
    const desk = await this.desk(teammate);
    const guests: Visitor[] = [];
    for (const name of names) {
      const visitor = await this.visitor(shop, name);
      guests.push(visitor);
      await visitor.says(`It is ${name}`);
      await desk.row(name).getByText('Hello, how can I help?').waitFor();
    }
    return { desk, guests };
  }

  async visitor({ channelId }: Shop, name: string): Promise<Visitor> {
    const context = await this.browser.newContext({ baseURL: this.product.url });
    this.guests.push(context);
    const visitor = this.remember(new Visitor(await context.newPage(), name));
    await visitor.arrive(channelId);
    return visitor;
  }

  contextOf(name: string): BrowserContext {
    const context = this.team.get(name);
    if (!context) throw new Error(`${name} is not on the team`);
    return context;
  }

  /** After each test. @throws where a page threw, or was loaded again by itself */
  async clear(): Promise<void> {
    const { people, guests, webhooks } = this;
    [this.people, this.guests, this.webhooks] = [[], [], []];
    await Promise.all(people.map(({ page }) => page.close()));
    await Promise.all([...this.team.values()].map((context) => context.setOffline(false)));
    await Promise.all([...guests.map((context) => context.close()), ...webhooks.map((webhook) => webhook.stop())]);
    expect(people.flatMap(({ errors }) => errors)).toEqual([]);
    expect(people.map(({ loads }) => loads)).toEqual(people.map(() => 1));
  }

  private async signIn(name: string, account: Account): Promise<void> {
    const context = await signedIn(this.browser, this.product.url, account);
    context.setDefaultTimeout(PATIENCE_MS);
    this.team.set(name, context);
  }

  private remember<T extends { page: Page } & (Desk | Visitor)>(person: T): T {
    person.page.setDefaultTimeout(PATIENCE_MS);
    this.people.push(person);
    return person;
  }
}
