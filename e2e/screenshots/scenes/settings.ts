import type { Agent } from '@baton/protocol';
import type { Page } from 'playwright';
import type { Scene, Set } from '../scene.ts';

async function settings({ studio, words }: Set, place: string, person = 'ada'): Promise<Page> {
  const page = await studio.page(`/settings/${place}`, words.language, person);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.locator('main .card, main form').first().waitFor();
  return page;
}

async function agent(set: Set, person = 'ada'): Promise<Page> {
  const { items } = await set.studio.api('ada').call<{ items: Agent[] }>('GET', '/agents');
  return settings(set, `agents/${items[0]?.id}`, person);
}

export const settingsScenes: Scene[] = [
  { name: 'settings-agents', show: (set) => settings(set, 'agents') },
  { name: 'settings-agent', show: (set) => agent(set) },
  { name: 'settings-agent-read-only', show: (set) => agent(set, 'cleo') },
  { name: 'settings-knowledge', show: (set) => settings(set, 'knowledge') },
  { name: 'settings-channels', show: (set) => settings(set, 'channels') },
  {
    name: 'settings-channels-open',
    async show(set) {
      const page = await settings(set, 'channels');
      for (const summary of await page.locator('summary').all()) await summary.click();
      await page.locator('details[open] li').first().waitFor();
      return page;
    },
  },
  { name: 'settings-team', show: (set) => settings(set, 'team') },
  { name: 'settings-team-read-only', show: (set) => settings(set, 'team', 'cleo') },
  { name: 'settings-profile', show: (set) => settings(set, 'profile') },
];
