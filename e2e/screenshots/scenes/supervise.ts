import type { Page } from 'playwright';
import type { Scene, SceneContext } from '../scene.ts';

async function board({ fixture, texts }: SceneContext, search = ''): Promise<Page> {
  const page = await fixture.page(`/supervise${search}`, texts.language, 'ben');
  await page.locator('[data-card]').first().waitFor();
  return page;
}

async function preview(context: SceneContext): Promise<Page> {
  const page = await board(context);
  await page.locator('[data-card]').filter({ hasText: 'Carmen' }).click();
  await page.getByRole('log').locator('li').first().waitFor();
  return page;
}

export const superviseScenes: Scene[] = [
  { name: 'supervise', show: (context) => board(context) },
  { name: 'supervise-preview', show: preview },
  {
    name: 'supervise-hand-back',
    async show(context) {
      const page = await preview(context);
      await page.getByRole('button', { name: context.texts.of('supervise_hand_back'), exact: true }).click();
      await page.locator('#preview-instruction').waitFor();
      return page;
    },
  },
  {
    name: 'supervise-forbidden',
    async show({ fixture, texts }) {
      const page = await fixture.page('/supervise', texts.language, 'cleo');
      await page.getByRole('heading', { level: 1 }).waitFor();
      return page;
    },
  },
];

export const emptySuperviseScenes: Scene[] = [
  {
    name: 'supervise-empty',
    async show({ fixture, texts }) {
      const page = await fixture.page('/supervise', texts.language, 'owner');
      await page.locator('[data-column=unanswered]').waitFor();
      return page;
    },
  },
];
