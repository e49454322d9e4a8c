import type { Page } from 'playwright';
import { WebhookAgent } from '../support/webhook-agent.ts';
import { ForeignSite } from '../widget/foreign-site.ts';
import type { Set } from './scene.ts';

/** A web chat whose agent says what the scene wants; asked what it has no answer to, it thinks for ever. */
export class Shop {
  private readonly set: Set;
  readonly channelId: string;

  private constructor(set: Set, channelId: string) {
    this.set = set;
    this.channelId = channelId;
  }

  static async open(set: Set, answers: Record<string, string>, allowedOrigins: string[] = []): Promise<Shop> {
    const { studio } = set;
    const webhook = new WebhookAgent(({ waiting }) => {
      const text = answers[waiting.at(-1)?.text ?? ''];
      return text === undefined ? new Promise(() => undefined) : { reply: { text } };
    });
    const owner = studio.api('owner');
    const agent = await owner.createAgent('Robin', { kind: 'webhook', url: await webhook.start() });
    studio.leaves(() => webhook.stop());
    await owner.setRules(agent.id, { replyDelaySeconds: 0, humanPriorityWindowSeconds: 3_600 });
    const { id } = await owner.createWebchat(agent.id);
    await owner.call('PATCH', `/channels/${id}`, { settings: { allowedOrigins } });
    return new Shop(set, id);
  }

  /** Somebody with the chat page open. */
  async chat(): Promise<Page> {
    const page = await this.set.studio.page(`/chat/${this.channelId}`, this.set.words.language);
    await page.locator('baton-chat textarea').waitFor();
    return page;
  }

  /** Somebody on a page of others that embeds the widget. */
  static async embedded(set: Set, answers: Record<string, string>): Promise<Page> {
    const site = await ForeignSite.open(set.studio.product.url);
    set.studio.leaves(() => site.close());
    const { channelId } = await Shop.open(set, answers, [site.origin]);
    const address = site.publish('/', { channelId, lang: set.words.language });
    const page = await set.studio.page(address, set.words.language);
    await page.locator('baton-chat .launcher').waitFor();
    return page;
  }
}

export async function says(page: Page, text: string): Promise<void> {
  const field = page.locator('baton-chat textarea');
  await field.fill(text);
  await field.press('Enter');
  await page.locator('baton-chat .bubble').filter({ hasText: text }).waitFor();
}

export async function hears(page: Page, text: string): Promise<void> {
  await page.locator('baton-chat .bubble').filter({ hasText: text }).waitFor();
}
