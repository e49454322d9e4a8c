import { Api } from '../../support/api.ts';
import { answerJson, listen } from '../../support/listener.ts';
import { saying, WebhookAgent } from '../../support/webhook-agent.ts';
import type { Page } from 'playwright';
import type { Scene, SceneContext } from '../scene.ts';

const QUESTION = 'Half of the coffee was in the box. Where is the rest?';
const INSTRUCTION = 'Offer her free shipping on the next order, and apologise for the torn bag.';

type Answer = ConstructorParameters<typeof WebhookAgent>[0];
type Delivered = Parameters<typeof listen>[0];
const takes: Delivered = (_message, _request, response) => answerJson(response, {});
/** It reads what it is given, and hangs up without a word. */
const hangsUp: Delivered = (_message, request) => void request.socket.destroy();

/** An agent, asked by a customer of an HTTP channel whose other end does this with what is delivered. */
async function asked({ fixture }: SceneContext, answer: Answer, delivered = takes): Promise<string> {
  const end = await listen(delivered);
  fixture.onClear(() => end.close());
  const owner = fixture.api('owner');
  const webhook = new WebhookAgent(answer);
  const agent = await owner.createAgent('Robin', { kind: 'webhook', url: await webhook.start() });
  fixture.onClear(() => webhook.stop());
  await owner.setRules(agent.id, { replyDelaySeconds: 0 });
  const { channel, inboundSecret } = await owner.createChannel(agent.id, end.url);
  const { conversationId } = await new Api(fixture.product.url, inboundSecret).call<{ conversationId: string }>(
    'POST',
    `/channels/${channel.id}/messages`,
    { externalId: '1', customer: { externalId: 'nora', name: 'Nora Petersen' }, text: QUESTION },
  );
  return conversationId;
}

async function opened({ fixture, texts }: SceneContext, conversationId: string): Promise<Page> {
  const page = await fixture.page(`/inbox/${conversationId}`, texts.language, 'owner');
  await page.locator('[data-seq]').first().waitFor();
  return page;
}

export const handoverScenes: Scene[] = [
  {
    name: 'conversation-draft',
    async show(context) {
      const id = await asked(context, async function* () {
        yield { delta: { text: 'I am sorry about that. A new bag of 500 g is on its way' } };
        await new Promise(() => undefined);
      });
      const page = await opened(context, id);
      await page.getByRole('button', { name: context.texts.of('conversation_take_over') }).click();
      await page.getByRole('region', { name: context.texts.of('conversation_agent_draft') }).waitFor();
      return page;
    },
  },
  {
    name: 'conversation-uncertain',
    async show(context) {
      const id = await asked(context, () => saying('A new bag is on its way.'), hangsUp);
      const page = await opened(context, id);
      await page.locator('[data-delivery=uncertain]').waitFor();
      return page;
    },
  },
  {
    name: 'conversation-instruction',
    async show(context) {
      const id = await asked(context, () => saying('I am sorry about the torn bag: your next order ships for free.'));
      const owner = context.fixture.api('owner');
      await owner.setAgentReplies(id, false, true);
      await owner.call('PUT', `/conversations/${id}/agent-replies`, { enabled: true, instruction: INSTRUCTION });
      const page = await opened(context, id);
      await page.getByText(INSTRUCTION).waitFor();
      return page;
    },
  },
];
