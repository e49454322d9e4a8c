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
  {
    name: 'settings-agent-trial',
    async show(set) {
      const page = await agent(set);
      await page.locator('#trial-question').fill('How long does shipping to Norway take?');
      await page.locator('#trial-question').press('Enter');
      await page
        .locator('[aria-labelledby=trial-title] [role=status]')
        .getByText(set.words.of('trial_reply'))
        .waitFor();
      await page.locator('#trial-title').scrollIntoViewIfNeeded();
      return page;
    },
  },
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

/** What is shown once, to an owner. */
export const secretScenes: Scene[] = [
  {
    name: 'settings-channels-secrets',
    async show(set) {
      const page = await settings(set, 'channels', 'owner');
      await page.locator('#channel-kind').selectOption('http');
      await page.locator('#channel-name').fill('Shop');
      await page.locator('#channel-name').press('Enter');
      await page.getByText(set.words.of('channels_signing'), { exact: true }).waitFor();
      return page;
    },
  },
  {
    name: 'settings-team-secret',
    async show(set) {
      const page = await settings(set, 'team', 'owner');
      await page.locator('#key-name').fill('Nightly import');
      await page.locator('#key-name').press('Enter');
      await page.getByText(set.words.of('settings_shown_once')).scrollIntoViewIfNeeded();
      return page;
    },
  },
];
