import type { Page } from 'playwright';
import type { Scene, SceneContext } from '../scene.ts';

const reply = ({ texts }: SceneContext, page: Page, customer: string) =>
  page.getByRole('textbox', { name: texts.of('composer_reply_to', { name: customer }) });

function opened(name: string, customer: string, then?: (page: Page, context: SceneContext) => Promise<unknown>): Scene {
  return {
    name: `conversation-${name}`,
    async show(context) {
      const page = await context.fixture.open(customer, context.texts.language, 'ada');
      await then?.(page, context);
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
  opened('two-writing', 'Lucía Fernández', async (page, context) => {
    await reply(context, page, 'Lucía Fernández').fill('Sí, a Portugal también:');
  }),
  opened('note', 'Hanna Virtanen', async (page, { texts }) => {
    await page.getByRole('log').focus();
    await page.keyboard.press('n');
    const note = page.getByRole('textbox', { name: texts.of('composer_note_for') });
    await note.fill('She asked for the same grinder last year.');
  }),
  opened('hand-back', 'Priya Nair', pressing('h', 'dialog')),
  opened('snooze', 'Aiko Tanaka', pressing('z', 'dialog')),
  opened('menu', 'Aiko Tanaka', async (page, { texts }) => {
    await page.getByRole('button', { name: texts.of('actions_all') }).click();
    await page.getByRole('menu').waitFor();
  }),
  opened('history', 'Tomás Rivera', async (page, { texts }) => {
    await page.setViewportSize({ width: 1_440, height: 900 });
    await page.getByRole('button', { name: texts.of('conversation_history'), exact: true }).click();
    await page.getByRole('tablist').waitFor();
  }),
  opened('history-list', 'Tomás Rivera', async (page, { texts }) => {
    await page.setViewportSize({ width: 1_440, height: 900 });
    await page.getByRole('button', { name: texts.of('conversation_history'), exact: true }).click();
    await page.getByRole('tab').nth(1).click();
    await page.getByRole('listitem').first().waitFor();
  }),
  opened('toast', 'Carmen Ortega', async (page, { fixture, texts }) => {
    const { id } = await fixture.conversation('Carmen');
    await fixture.api('ada').call('PUT', `/conversations/${id}/assignee`, { assigneeId: null });
    await page.getByRole('log').focus();
    await page.keyboard.press('a');
    await page.getByText(texts.of('toast_assigned_to_me', { name: 'Carmen Ortega' })).waitFor();
    await page.keyboard.press('a');
  }),
  opened('undo', 'Hanna Virtanen', async (page, context) => {
    const field = reply(context, page, 'Hanna Virtanen');
    await field.fill('Yes: I bring it along on Tuesday.');
    await field.press('Enter');
    await page.getByRole('button', { name: context.texts.of('composer_undo') }).waitFor();
  }),
  opened('stale', 'Tomás Rivera', async (page, context) => {
    const { fixture, texts } = context;
    await reply(context, page, 'Tomás Rivera').fill('It stays the same, and so does your discount.');
    const { id, lastSeq } = await fixture.conversation('Tomás');
    const text = 'And your discount of 10 % stays, too.';
    await fixture.api('ben').send(id, text, { clientMessageId: `stale-${texts.language}-${lastSeq}`, force: true });
    await page.getByText(texts.of('composer_review_hint')).waitFor();
  }),
  opened('connection-lost', 'Noor Haddad', async (page, context) => {
    await page.context().setOffline(true);
    await page.getByText(context.texts.of('connection_lost')).waitFor();
    const field = reply(context, page, 'Noor Haddad');
    await field.fill('See you on Tuesday.');
    await field.press('Enter');
    await page.getByText(context.texts.of('composer_waiting')).waitFor();
  }),
];
