import type { Agent } from '@baton/protocol';
import type { Page } from 'playwright';
import type { Scene, SceneContext } from '../scene.ts';

async function settings({ fixture, texts }: SceneContext, place: string, person = 'ada'): Promise<Page> {
  const page = await fixture.page(`/settings/${place}`, texts.language, person);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.locator('main .card, main form').first().waitFor();
  return page;
}

async function agent(context: SceneContext, person = 'ada'): Promise<Page> {
  const { items } = await context.fixture.api('ada').call<{ items: Agent[] }>('GET', '/agents');
  return settings(context, `agents/${items[0]?.id}`, person);
}

export const settingsScenes: Scene[] = [
  { name: 'settings-agents', show: (context) => settings(context, 'agents') },
  { name: 'settings-agent', show: (context) => agent(context) },
  {
    name: 'settings-agent-trial',
    async show(context) {
      const page = await agent(context);
      await page.locator('#trial-question').fill('How long does shipping to Norway take?');
      await page.locator('#trial-question').press('Enter');
      await page
        .locator('[aria-labelledby=trial-title] [role=status]')
        .getByText(context.texts.of('trial_reply'))
        .waitFor();
      await page.locator('#trial-title').scrollIntoViewIfNeeded();
      return page;
    },
  },
  { name: 'settings-agent-read-only', show: (context) => agent(context, 'cleo') },
  { name: 'settings-knowledge', show: (context) => settings(context, 'knowledge') },
  { name: 'settings-channels', show: (context) => settings(context, 'channels') },
  {
    name: 'settings-channels-open',
    async show(context) {
      const page = await settings(context, 'channels');
      for (const summary of await page.locator('summary').all()) await summary.click();
      await page.locator('details[open] li').first().waitFor();
      return page;
    },
  },
  { name: 'settings-team', show: (context) => settings(context, 'team') },
  { name: 'settings-team-read-only', show: (context) => settings(context, 'team', 'cleo') },
  { name: 'settings-profile', show: (context) => settings(context, 'profile') },
];

/** Secrets that an owner sees once. */
export const secretScenes: Scene[] = [
  {
    name: 'settings-channels-secrets',
    async show(context) {
      const page = await settings(context, 'channels', 'owner');
      await page.locator('#channel-kind').selectOption('http');
      await page.locator('#channel-name').fill('WebchatFixture');
      await page.locator('#channel-name').press('Enter');
      await page.getByText(context.texts.of('channels_signing'), { exact: true }).waitFor();
      return page;
    },
  },
  {
    name: 'settings-team-secret',
    async show(context) {
      const page = await settings(context, 'team', 'owner');
      await page.locator('#key-name').fill('Nightly import');
      await page.locator('#key-name').press('Enter');
      await page.getByText(context.texts.of('settings_shown_once')).scrollIntoViewIfNeeded();
      return page;
    },
  },
];
