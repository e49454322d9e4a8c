import type { Agent } from '@baton/protocol';
import type { Page } from 'playwright';
import type { Scene, Set } from '../scene.ts';

/** With every agent paused, until the picture is taken. */
function whilePaused(name: string, show: (set: Set, agents: Agent[]) => Promise<Page>): Scene {
  return {
    name: `${name}-paused`,
    async show(set) {
      const ben = set.studio.api('ben');
      const { items } = await ben.call<{ items: Agent[] }>('GET', '/agents');
      const pause = async (paused: boolean): Promise<void> => {
        for (const { id } of items) await ben.call('PATCH', `/agents/${id}`, { paused });
      };
      set.studio.leaves(() => pause(false));
      await pause(true);
      return show(set, items);
    },
  };
}

export const pausedScenes: Scene[] = [
  whilePaused('conversation', ({ studio, words }) => studio.open('Maya Lindqvist', words.language, 'ada')),
  whilePaused('supervise', async ({ studio, words }) => {
    const page = await studio.page('/supervise', words.language, 'ben');
    await page.locator('[data-card]').first().waitFor();
    return page;
  }),
  whilePaused('settings-agent', async ({ studio, words }, [agent]) => {
    const page = await studio.page(`/settings/agents/${agent?.id}`, words.language, 'ada');
    await page.getByText(words.of('agents_paused'), { exact: true }).first().scrollIntoViewIfNeeded();
    return page;
  }),
];
