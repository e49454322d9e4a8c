import type { HumanInteractionRules, ReplyRequest } from '@baton/protocol';
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright';
import { expect } from 'vitest';
import { Stage, type Shop } from '../journeys/stage.ts';
import { PATIENCE_MS } from '../support/soon.ts';
import { ForeignSite, type ForeignPage } from './foreign-site.ts';
import { Guest } from './guest.ts';

/** The product, and a site on another origin whose pages embed its widget. */
export class Street {
  readonly stage: Stage;
  readonly site: ForeignSite;
  private guests: { guest: Guest; context: BrowserContext }[] = [];
  private count = 0;

  private constructor(stage: Stage, site: ForeignSite) {
    this.stage = stage;
    this.site = site;
  }

  static async open(...teammates: string[]): Promise<Street> {
    const stage = await Stage.start(...teammates);
    return new Street(stage, await ForeignSite.open(stage.product.url));
  }

  async close(): Promise<void> {
    await this.site.close();
    await this.stage.close();
  }

  /** A web chat that pages of the site may embed. */
  async shop(answer: (request: ReplyRequest) => unknown, rules: Partial<HumanInteractionRules> = {}): Promise<Shop> {
    const shop = await this.stage.shop(answer, rules);
    const settings = { allowedOrigins: [this.site.origin] };
    await this.stage.owner.call('PATCH', `/channels/${shop.channelId}`, { settings });
    return shop;
  }

  /** @returns the address of a page with that chat */
  page({ channelId }: Shop, page: Partial<ForeignPage> = {}): string {
    this.count += 1;
    return this.site.publish(`/page-${this.count}`, { channelId, ...page });
  }

  async guest(address: string, options: BrowserContextOptions = {}): Promise<Guest> {
    const context = await this.stage.browser.newContext({ locale: 'en-GB', ...options });
    return this.guestIn(context, address);
  }

  /** One more tab of the same browser. */
  async guestIn(context: BrowserContext, address: string): Promise<Guest> {
    const guest = new Guest(await context.newPage());
    guest.page.setDefaultTimeout(PATIENCE_MS);
    this.guests.push({ guest, context });
    await guest.page.goto(address);
    await guest.launcher.waitFor();
    return guest;
  }

  /** After each test. @throws where a page threw, or its policy had to refuse something */
  async clear(): Promise<void> {
    const { guests } = this;
    this.guests = [];
    await Promise.all(guests.map(({ context }) => context.close()));
    await this.stage.clear();
    expect(guests.flatMap(({ guest }) => guest.errors)).toEqual([]);
  }

  /** A picture to look at, where one is asked for. */
  async picture(page: Page, name: string): Promise<void> {
    const folder = process.env['BATON_PICTURES'];
    if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png` });
  }
}
