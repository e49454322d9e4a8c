import type { Agent } from '@baton/protocol';
import type { Browser } from 'playwright';
import { ProductFixture } from './product-fixture.ts';

/** Long enough that no window ends while screenshots are taken. */
const LONG_WINDOW_SECONDS = 3_600;
const TIMEOUT_MS = 20_000;
const POLL_MS = 250;

/** The demo with live activity: teammates keep typing and windows keep running. */
export async function activeDemo(browser: Browser): Promise<ProductFixture> {
  const fixture = await ProductFixture.demo(browser);
  try {
    await addActivity(fixture);
    return fixture;
  } catch (error) {
    await fixture.close();
    throw error;
  }
}

async function addActivity(fixture: ProductFixture): Promise<void> {
  const { items } = await fixture.api('ada').call<{ items: Agent[] }>('GET', '/agents');
  await Promise.all(
    items.map(({ id }) => fixture.api('ada').setRules(id, { humanPriorityWindowSeconds: LONG_WINDOW_SECONDS })),
  );
  // The demo's own last step.
  await until(async () => (await fixture.conversation('Maya Lindqvist')).waitingSince === null);
  const tomas = await fixture.conversation('Tomás Rivera');
  const text = 'It does: a paused subscription keeps its price.';
  await fixture.api('ben').send(tomas.id, text, { clientMessageId: 'lively', force: true });
  await fixture.keepTyping('cleo', 'Jonas Weber');
  for (const person of ['ada', 'ben']) await fixture.keepTyping(person, 'Lucía Fernández');
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let waited = 0; waited < TIMEOUT_MS; waited += POLL_MS) {
    if (await isSo().catch(() => false)) return;
    await new Promise((later) => setTimeout(later, POLL_MS));
  }
  throw new Error('the demo did not settle');
}
