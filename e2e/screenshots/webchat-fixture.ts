import type { Page } from 'playwright';
import { WebhookAgent } from '../support/webhook-agent.ts';
import { ForeignSite } from '../widget/foreign-site.ts';
import type { SceneContext } from './scene.ts';

/** A web chat whose agent gives the scene's answers. Without an answer it never replies. */
export class WebchatFixture {
  private readonly context: SceneContext;
  readonly channelId: string;

  private constructor(context: SceneContext, channelId: string) {
    this.context = context;
    this.channelId = channelId;
  }

  static async open(
    context: SceneContext,
    answers: Record<string, string>,
    allowedOrigins: string[] = [],
  ): Promise<WebchatFixture> {
    const { fixture } = context;
    const webhook = new WebhookAgent(({ waiting }) => {
      const text = answers[waiting.at(-1)?.text ?? ''];
      return text === undefined ? new Promise(() => undefined) : { reply: { text } };
    });
    const owner = fixture.api('owner');
    const agent = await owner.createAgent('Robin', { kind: 'webhook', url: await webhook.start() });
    fixture.onClear(() => webhook.stop());
    await owner.setRules(agent.id, { replyDelaySeconds: 0, humanPriorityWindowSeconds: 3_600 });
    const { id } = await owner.createWebchat(agent.id);
    await owner.call('PATCH', `/channels/${id}`, { settings: { allowedOrigins } });
    return new WebchatFixture(context, id);
  }

  /** Opens the hosted chat page. */
  async chat(): Promise<Page> {
    const page = await this.context.fixture.page(`/chat/${this.channelId}`, this.context.texts.language);
    await page.locator('baton-chat textarea').waitFor();
    return page;
  }

  /** Opens a page of another site that embeds the widget. */
  static async embedded(context: SceneContext, answers: Record<string, string>): Promise<Page> {
    const site = await ForeignSite.open(context.fixture.product.url);
    context.fixture.onClear(() => site.close());
    const { channelId } = await WebchatFixture.open(context, answers, [site.origin]);
    const address = site.publish('/', { channelId, lang: context.texts.language });
    const page = await context.fixture.page(address, context.texts.language);
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
