import { Api } from '../../support/api.ts';
import { answerJson, listen } from '../../support/listener.ts';
import { saying, WebhookAgent } from '../../support/webhook-agent.ts';
import type { Page } from 'playwright';
import type { Scene, Set } from '../scene.ts';

const QUESTION = 'Half of the coffee was in the box. Where is the rest?';
const INSTRUCTION = 'Offer her free shipping on the next order, and apologise for the torn bag.';

type Answer = ConstructorParameters<typeof WebhookAgent>[0];
type Delivered = Parameters<typeof listen>[0];
const takes: Delivered = (_message, _request, response) => answerJson(response, {});
/** It reads what it is given, and hangs up without a word. */
const hangsUp: Delivered = (_message, request) => void request.socket.destroy();

/** An agent, asked by a customer of an HTTP channel whose other end does this with what is delivered. */
async function asked({ studio }: Set, answer: Answer, delivered = takes): Promise<string> {
  const end = await listen(delivered);
  studio.leaves(() => end.close());
  const owner = studio.api('owner');
  const webhook = new WebhookAgent(answer);
  const agent = await owner.createAgent('Robin', { kind: 'webhook', url: await webhook.start() });
  studio.leaves(() => webhook.stop());
  await owner.setRules(agent.id, { replyDelaySeconds: 0 });
  const { channel, inboundSecret } = await owner.createChannel(agent.id, end.url);
  const { conversationId } = await new Api(studio.product.url, inboundSecret).call<{ conversationId: string }>(
    'POST',
    `/channels/${channel.id}/messages`,
    { externalId: '1', customer: { externalId: 'nora', name: 'Nora Petersen' }, text: QUESTION },
  );
  return conversationId;
}

async function opened({ studio, words }: Set, conversationId: string): Promise<Page> {
  const page = await studio.page(`/inbox/${conversationId}`, words.language, 'owner');
  await page.locator('[data-seq]').first().waitFor();
  return page;
}

export const handoverScenes: Scene[] = [
  {
    name: 'conversation-draft',
    async show(set) {
      const id = await asked(set, async function* () {
        yield { delta: { text: 'I am sorry about that. A new bag of 500 g is on its way' } };
        await new Promise(() => undefined);
      });
      const page = await opened(set, id);
      await page.getByRole('button', { name: set.words.of('conversation_take_over') }).click();
      await page.getByRole('region', { name: set.words.of('conversation_agent_draft') }).waitFor();
      return page;
    },
  },
  {
    name: 'conversation-uncertain',
    async show(set) {
      const id = await asked(set, () => saying('A new bag is on its way.'), hangsUp);
      const page = await opened(set, id);
      await page.locator('[data-delivery=uncertain]').waitFor();
      return page;
    },
  },
  {
    name: 'conversation-instruction',
    async show(set) {
      const id = await asked(set, () => saying('I am sorry about the torn bag: your next order ships for free.'));
      const owner = set.studio.api('owner');
      await owner.setAgentReplies(id, false, true);
      await owner.call('PUT', `/conversations/${id}/agent-replies`, { enabled: true, instruction: INSTRUCTION });
      const page = await opened(set, id);
      await page.getByText(INSTRUCTION).waitFor();
      return page;
    },
  },
];
