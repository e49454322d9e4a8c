import { DEFAULT_RULES } from '@baton/protocol';
import type { HumanInteractionRules } from '@baton/protocol';
import { mount } from 'svelte';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { Submission } from '../../requests/remote.svelte.ts';
import { mounted } from '../../testing/mounted.ts';
import RulesForm from './RulesForm.svelte';

function form(rules = DEFAULT_RULES, mayChange = true): HumanInteractionRules[] {
  const saved: HumanInteractionRules[] = [];
  const submission = new Submission();
  const onsave = (changed: HumanInteractionRules): void => void saved.push(changed);
  mounted((target) => mount(RulesForm, { target, props: { rules, mayChange, submission, onsave } }));
  return saved;
}

const mute = page.getByRole('checkbox', { name: 'Mute when a human is active' });
const window = page.getByRole('textbox', { name: 'Human priority window (seconds)' });
const save = page.getByRole('button', { name: 'Save' });

test('shows the defaults: mute on and recommended, a window of 30 seconds', async () => {
  form();
  await expect.element(mute).toBeChecked();
  await expect.element(page.getByText('Recommended: on')).toBeVisible();
  await expect.element(window).toHaveValue('30');
});

test('saves whole seconds from 0 to 86,400 and rejects others beside the field', async () => {
  const saved = form();
  for (const wrong of ['86401', '-1', '1.5', 'soon', ' ']) {
    await userEvent.fill(window, wrong);
    await expect.element(page.getByText('Enter a whole number from 0 to 86,400.')).toBeVisible();
    await expect.element(save).toBeDisabled();
  }
  await userEvent.fill(window, '86400');
  await save.click();
  expect(saved).toEqual([{ ...DEFAULT_RULES, humanPriorityWindowSeconds: 86_400 }]);
});

test('[HOLD-13] says that only the switch stops the agent, with both off', async () => {
  form();
  await mute.click();
  await userEvent.fill(window, '0');
  await expect
    .element(page.getByText('Only a conversation’s Agent replies switch stops it.', { exact: false }))
    .toBeVisible();
});

test('shows the rules to people who may not change them', async () => {
  form(DEFAULT_RULES, false);
  await expect.element(mute).toBeDisabled();
  await expect.element(window).toBeDisabled();
  await expect.element(save).not.toBeInTheDocument();
});
