import type { Page } from 'playwright';
import type { Scene, Set } from '../scene.ts';

const reply = ({ words }: Set, page: Page, customer: string) =>
  page.getByRole('textbox', { name: words.of('composer_reply_to', { name: customer }) });

function opened(name: string, customer: string, then?: (page: Page, set: Set) => Promise<unknown>): Scene {
  return {
    name: `conversation-${name}`,
    async show(set) {
      const page = await set.studio.open(customer, set.words.language, 'ada');
      await then?.(page, set);
      return page;
    },
  };
}

/** By its key, pressed where nobody writes. */
const pressing = (key: string, role: 'dialog' | 'menu' | 'tablist' | 'textbox') => async (page: Page) => {
  await page.getByRole('log').first().focus();
  await page.keyboard.press(key);
  await page.getByRole(role).first().waitFor();
};

export const conversationScenes: Scene[] = [
  opened('agent-active', 'Maya Lindqvist'),
  opened('person-writing', 'Jonas Weber'),
  opened('window', 'Tomás Rivera'),
  opened('taken-over', 'Priya Nair'),
  opened('asked-for-a-person', 'Carmen Ortega'),
  opened('withheld', 'Diego Morales'),
  opened('failed', 'Oskar Nilsson'),
  opened('snoozed', 'Sofía Castro'),
  opened('closed', 'Emma Dubois'),
  opened('two-writing', 'Lucía Fernández', async (page, set) => {
    await reply(set, page, 'Lucía Fernández').fill('Sí, a Portugal también:');
  }),
  opened('note', 'Hanna Virtanen', async (page, { words }) => {
    await page.getByRole('log').focus();
    await page.keyboard.press('n');
    const note = page.getByRole('textbox', { name: words.of('composer_note_for') });
    await note.fill('She asked for the same grinder last year.');
  }),
  opened('hand-back', 'Priya Nair', pressing('h', 'dialog')),
  opened('snooze', 'Aiko Tanaka', pressing('z', 'dialog')),
  opened('menu', 'Aiko Tanaka', async (page, { words }) => {
    await page.getByRole('button', { name: words.of('actions_all') }).click();
    await page.getByRole('menu').waitFor();
  }),
  opened('history', 'Tomás Rivera', async (page, { words }) => {
    await page.setViewportSize({ width: 1_440, height: 900 });
    await page.getByRole('button', { name: words.of('conversation_history'), exact: true }).click();
    await page.getByRole('tablist').waitFor();
  }),
  opened('history-list', 'Tomás Rivera', async (page, { words }) => {
    await page.setViewportSize({ width: 1_440, height: 900 });
    await page.getByRole('button', { name: words.of('conversation_history'), exact: true }).click();
    await page.getByRole('tab').nth(1).click();
    await page.getByRole('listitem').first().waitFor();
  }),
  opened('toast', 'Carmen Ortega', async (page, { studio, words }) => {
    const { id } = await studio.conversation('Carmen');
    await studio.api('ada').call('PUT', `/conversations/${id}/assignee`, { assigneeId: null });
    await page.getByRole('log').focus();
    await page.keyboard.press('a');
    await page.getByText(words.of('toast_assigned_to_me', { name: 'Carmen Ortega' })).waitFor();
    await page.keyboard.press('a');
  }),
  opened('undo', 'Hanna Virtanen', async (page, set) => {
    const field = reply(set, page, 'Hanna Virtanen');
    await field.fill('Yes: I bring it along on Tuesday.');
    await field.press('Enter');
    await page.getByRole('button', { name: set.words.of('composer_undo') }).waitFor();
  }),
  opened('stale', 'Tomás Rivera', async (page, set) => {
    const { studio, words } = set;
    await reply(set, page, 'Tomás Rivera').fill('It stays the same, and so does your discount.');
    const { id, lastSeq } = await studio.conversation('Tomás');
    const text = 'And your discount of 10 % stays, too.';
    await studio.api('ben').send(id, text, { clientMessageId: `stale-${words.language}-${lastSeq}`, force: true });
    await page.getByText(words.of('composer_review_hint')).waitFor();
  }),
  opened('connection-lost', 'Noor Haddad', async (page, set) => {
    await page.context().setOffline(true);
    await page.getByText(set.words.of('connection_lost')).waitFor();
    const field = reply(set, page, 'Noor Haddad');
    await field.fill('See you on Tuesday.');
    await field.press('Enter');
    await page.getByText(set.words.of('composer_waiting')).waitFor();
  }),
];
