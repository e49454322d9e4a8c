import type { Agent } from '@baton/protocol';
import type { Browser } from 'playwright';
import { Studio } from './studio.ts';

/** Longer than any sitting: windows count down, and none ends while a picture is taken. */
const LONG_WINDOW_SECONDS = 3_600;
const PATIENCE_MS = 20_000;
const LOOK_MS = 250;

/** The demo in the middle of a busy hour: who writes keeps writing, whose window runs keeps it. */
export async function livelyDemo(browser: Browser): Promise<Studio> {
  const studio = await Studio.demo(browser);
  try {
    await enliven(studio);
    return studio;
  } catch (error) {
    await studio.close();
    throw error;
  }
}

async function enliven(studio: Studio): Promise<void> {
  const { items } = await studio.api('ada').call<{ items: Agent[] }>('GET', '/agents');
  await Promise.all(
    items.map(({ id }) => studio.api('ada').setRules(id, { humanPriorityWindowSeconds: LONG_WINDOW_SECONDS })),
  );
  // The last thing that the demo does by itself.
  await until(async () => (await studio.conversation('Maya Lindqvist')).waitingSince === null);
  const tomas = await studio.conversation('Tomás Rivera');
  const text = 'It does: a paused subscription keeps its price.';
  await studio.api('ben').send(tomas.id, text, { clientMessageId: 'lively', force: true });
  await studio.keepsTyping('cleo', 'Jonas Weber');
  for (const person of ['ada', 'ben']) await studio.keepsTyping(person, 'Lucía Fernández');
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let waited = 0; waited < PATIENCE_MS; waited += LOOK_MS) {
    if (await isSo().catch(() => false)) return;
    await new Promise((later) => setTimeout(later, LOOK_MS));
  }
  throw new Error('the demo never came to rest');
}
