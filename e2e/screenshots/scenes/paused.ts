import type { Agent } from '@baton/protocol';
import type { Page } from 'playwright';
import type { Scene, SceneContext } from '../scene.ts';

/** With every agent paused, until the picture is taken. */
function whilePaused(name: string, show: (context: SceneContext, agents: Agent[]) => Promise<Page>): Scene {
  return {
    name: `${name}-paused`,
    async show(context) {
      const ben = context.fixture.api('ben');
      const { items } = await ben.call<{ items: Agent[] }>('GET', '/agents');
      const pause = async (paused: boolean): Promise<void> => {
        for (const { id } of items) await ben.call('PATCH', `/agents/${id}`, { paused });
      };
      context.fixture.onClear(() => pause(false));
      await pause(true);
      return show(context, items);
    },
  };
}

export const pausedScenes: Scene[] = [
  whilePaused('conversation', ({ fixture, texts }) => fixture.open('Maya Lindqvist', texts.language, 'ada')),
  whilePaused('supervise', async ({ fixture, texts }) => {
    const page = await fixture.page('/supervise', texts.language, 'ben');
    await page.locator('[data-card]').first().waitFor();
    return page;
  }),
  whilePaused('settings-agent', async ({ fixture, texts }, [agent]) => {
    const page = await fixture.page(`/settings/agents/${agent?.id}`, texts.language, 'ada');
    await page.getByText(texts.of('agents_paused'), { exact: true }).first().scrollIntoViewIfNeeded();
    return page;
  }),
];
