import type { HumanInteractionRules, ReplyRequest } from '@baton/protocol';
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright';
import { expect } from 'vitest';
import { InboxFixture, type Shop } from '../journeys/inbox-fixture.ts';
import { PATIENCE_MS } from '../support/soon.ts';
import { ForeignSite, type ForeignPage } from './foreign-site.ts';
import { VisitorPage } from './visitor-page.ts';

/** The product, and a site on another origin whose pages embed its widget. */
export class WidgetFixture {
  readonly inbox: InboxFixture;
  readonly site: ForeignSite;
  private visitors: { visitor: VisitorPage; context: BrowserContext }[] = [];
  private count = 0;

  private constructor(inbox: InboxFixture, site: ForeignSite) {
    this.inbox = inbox;
    this.site = site;
  }

  static async open(...teammates: string[]): Promise<WidgetFixture> {
    const inbox = await InboxFixture.start(...teammates);
    return new WidgetFixture(inbox, await ForeignSite.open(inbox.product.url));
  }

  async close(): Promise<void> {
    await this.site.close();
    await this.inbox.close();
  }

  /** A web chat that pages of the site may embed. */
  async shop(answer: (request: ReplyRequest) => unknown, rules: Partial<HumanInteractionRules> = {}): Promise<Shop> {
    const shop = await this.inbox.shop(answer, rules);
    const settings = { allowedOrigins: [this.site.origin] };
    await this.inbox.owner.call('PATCH', `/channels/${shop.channelId}`, { settings });
    return shop;
  }

  /** @returns the address of a page with that chat */
  page({ channelId }: Shop, page: Partial<ForeignPage> = {}): string {
    this.count += 1;
    return this.site.publish(`/page-${this.count}`, { channelId, ...page });
  }

  async visit(address: string, options: BrowserContextOptions = {}): Promise<VisitorPage> {
    const context = await this.inbox.browser.newContext({ locale: 'en-GB', ...options });
    return this.visitIn(context, address);
  }

  /** One more tab of the same browser. */
  async visitIn(context: BrowserContext, address: string): Promise<VisitorPage> {
    const visitor = new VisitorPage(await context.newPage());
    visitor.page.setDefaultTimeout(PATIENCE_MS);
    this.visitors.push({ visitor, context });
    await visitor.page.goto(address);
    await visitor.launcher.waitFor();
    return visitor;
  }

  /** Closes all pages after a test. @throws if a page threw or its policy blocked something */
  async clear(): Promise<void> {
    const { visitors } = this;
    this.visitors = [];
    await Promise.all(visitors.map(({ context }) => context.close()));
    await this.inbox.clear();
    expect(visitors.flatMap(({ visitor }) => visitor.errors)).toEqual([]);
  }

  /** Takes a screenshot if `BATON_PICTURES` names a folder. */
  async picture(page: Page, name: string): Promise<void> {
    const folder = process.env['BATON_PICTURES'];
    if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png` });
  }
}
