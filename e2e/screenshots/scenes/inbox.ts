import type { Page } from 'playwright';
import type { Scene, Set } from '../scene.ts';

async function inbox({ studio, words }: Set, person: string, search = ''): Promise<Page> {
  const page = await studio.page(`/inbox${search}`, words.language, person);
  await page.locator('[data-conversation]').first().waitFor();
  return page;
}

export const inboxScenes: Scene[] = [
  { name: 'inbox', show: (set) => inbox(set, 'ada') },
  { name: 'inbox-of-a-teammate', show: (set) => inbox(set, 'cleo') },
  { name: 'inbox-filtered', show: (set) => inbox(set, 'ada', '?status=any&state=agentDisabled&q=a') },
  {
    name: 'inbox-none-matching',
    async show({ studio, words }) {
      const page = await studio.page('/inbox?q=xylophone', words.language, 'ada');
      await page.getByRole('button', { name: words.of('list_clear') }).waitFor();
      return page;
    },
  },
  {
    name: 'palette',
    async show(set) {
      const page = await inbox(set, 'ada');
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog').waitFor();
      return page;
    },
  },
  {
    name: 'palette-search',
    async show(set) {
      const page = await inbox(set, 'ada');
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog').getByRole('combobox').fill('an');
      await page.getByRole('option').nth(3).waitFor();
      return page;
    },
  },
  {
    name: 'help',
    async show(set) {
      const page = await inbox(set, 'ada');
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
    async show({ studio, words }) {
      const page = await studio.page('/inbox', words.language, 'owner');
      await page.getByText(words.of('simulate_empty_title')).waitFor();
      return page;
    },
  },
];
