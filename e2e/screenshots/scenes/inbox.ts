import type { Page } from 'playwright';
import type { Scene, SceneContext } from '../scene.ts';

async function inbox({ fixture, texts }: SceneContext, person: string, search = ''): Promise<Page> {
  const page = await fixture.page(`/inbox${search}`, texts.language, person);
  await page.locator('[data-conversation]').first().waitFor();
  return page;
}

export const inboxScenes: Scene[] = [
  { name: 'inbox', show: (context) => inbox(context, 'ada') },
  { name: 'inbox-of-a-teammate', show: (context) => inbox(context, 'cleo') },
  { name: 'inbox-filtered', show: (context) => inbox(context, 'ada', '?status=any&state=agentDisabled&q=a') },
  {
    name: 'inbox-none-matching',
    async show({ fixture, texts }) {
      const page = await fixture.page('/inbox?q=xylophone', texts.language, 'ada');
      await page.getByRole('button', { name: texts.of('list_clear') }).waitFor();
      return page;
    },
  },
  {
    name: 'palette',
    async show(context) {
      const page = await inbox(context, 'ada');
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog').waitFor();
      return page;
    },
  },
  {
    name: 'palette-search',
    async show(context) {
      const page = await inbox(context, 'ada');
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog').getByRole('combobox').fill('an');
      await page.getByRole('option').nth(3).waitFor();
      return page;
    },
  },
  {
    name: 'help',
    async show(context) {
      const page = await inbox(context, 'ada');
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
      return page;
    },
  },
];

/** In a workspace without a conversation. */
export const emptyInboxScenes: Scene[] = [
  {
    name: 'inbox-empty',
    async show({ fixture, texts }) {
      const page = await fixture.page('/inbox', texts.language, 'owner');
      await page.getByText(texts.of('simulate_empty_title')).waitFor();
      return page;
    },
  },
];
