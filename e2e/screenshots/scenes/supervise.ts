import type { Page } from 'playwright';
import type { Scene, Set } from '../scene.ts';

async function board({ studio, words }: Set, search = ''): Promise<Page> {
  const page = await studio.page(`/supervise${search}`, words.language, 'ben');
  await page.locator('[data-card]').first().waitFor();
  return page;
}

async function preview(set: Set): Promise<Page> {
  const page = await board(set);
  await page.locator('[data-card]').filter({ hasText: 'Carmen' }).click();
  await page.getByRole('log').locator('li').first().waitFor();
  return page;
}

export const superviseScenes: Scene[] = [
  { name: 'supervise', show: (set) => board(set) },
  { name: 'supervise-preview', show: preview },
  {
    name: 'supervise-hand-back',
    async show(set) {
      const page = await preview(set);
      await page.getByRole('button', { name: set.words.of('supervise_hand_back'), exact: true }).click();
      await page.locator('#preview-instruction').waitFor();
      return page;
    },
  },
  {
    name: 'supervise-forbidden',
    async show({ studio, words }) {
      const page = await studio.page('/supervise', words.language, 'cleo');
      await page.getByRole('heading', { level: 1 }).waitFor();
      return page;
    },
  },
];

export const emptySuperviseScenes: Scene[] = [
  {
    name: 'supervise-empty',
    async show({ studio, words }) {
      const page = await studio.page('/supervise', words.language, 'owner');
      await page.locator('[data-column=unanswered]').waitFor();
      return page;
    },
  },
];
