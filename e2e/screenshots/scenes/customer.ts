import type { Conversation } from '@baton/protocol';
import type { Page } from 'playwright';
import type { Scene, SceneContext } from '../scene.ts';
import { hears, says, WebchatFixture } from '../webchat-fixture.ts';

const QUESTION = 'How long does shipping take?';
const ANSWER = 'Orders placed before noon leave the same day and take 1 to 2 working days.';

async function talk(context: SceneContext): Promise<Page> {
  const page = await (await WebchatFixture.open(context, { [QUESTION]: ANSWER })).chat();
  await page.locator('baton-chat input').fill('Nora Petersen');
  await says(page, QUESTION);
  await hears(page, ANSWER);
  return page;
}

export const customerScenes: Scene[] = [
  { name: 'chat-empty', show: async (context) => (await WebchatFixture.open(context, {})).chat() },
  {
    name: 'chat-talking',
    async show(context) {
      const page = await talk(context);
      await says(page, 'Thanks! Could you ship two bags to my sister in Denmark as a present?');
      const owner = context.fixture.api('owner');
      const { items } = await owner.call<{ items: Conversation[] }>('GET', '/conversations?limit=1');
      const text = 'Of course: tell me her address, and I add a card.';
      await owner.send(items[0]?.id ?? '', text, { clientMessageId: `by hand ${items[0]?.id}`, force: true });
      await hears(page, text);
      return page;
    },
  },
  {
    name: 'chat-typing',
    async show(context) {
      const page = await talk(context);
      await says(page, 'And to Norway?');
      await page.locator('baton-chat .typing').filter({ hasText: 'Robin' }).waitFor();
      return page;
    },
  },
  {
    name: 'chat-offline',
    async show(context) {
      const page = await talk(context);
      await page.context().setOffline(true);
      await page.locator('baton-chat .notice:not(:empty)').waitFor();
      await says(page, 'And to Norway?');
      await says(page, 'No hurry.');
      return page;
    },
  },
  {
    name: 'chat-not-there',
    async show({ fixture, texts }) {
      const page = await fixture.page('/chat/no-such-channel', texts.language);
      await page.locator('baton-chat textarea').fill('Hello?');
      await page.locator('baton-chat textarea').press('Enter');
      await page.locator('baton-chat [role=alert]').filter({ hasText: /./ }).waitFor();
      return page;
    },
  },
  { name: 'widget-closed', show: (context) => WebchatFixture.embedded(context, {}) },
  {
    name: 'widget-open',
    async show(context) {
      const page = await WebchatFixture.embedded(context, { [QUESTION]: ANSWER });
      await page.locator('baton-chat .launcher').click();
      await says(page, QUESTION);
      await hears(page, ANSWER);
      return page;
    },
  },
];
