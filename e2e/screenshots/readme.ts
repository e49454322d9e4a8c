import { mkdir, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { chromium, type Page } from 'playwright';
import { chromiumLaunchOptions } from '../../test-support/chromium.ts';
import { activeDemo } from './active-demo.ts';

const FOLDER = resolve(import.meta.dirname, '../../docs/images');
const SIZE = { width: 1_280, height: 800 };
const QUALITY = 0.82;

/** The two pictures of the README: a takeover in the inbox, and the supervisors' board in the dark. */
async function main(): Promise<void> {
  const browser = await chromium.launch(chromiumLaunchOptions());
  const fixture = await activeDemo(browser);
  try {
    const { id } = await fixture.conversation('Priya Nair');
    const inbox = await fixture.page(`/inbox/${id}`, 'en', 'ada');
    await inbox.locator('[data-seq]').first().waitFor();
    await inbox.locator('[data-conversation]').first().waitFor();
    await inbox.getByRole('textbox', { name: 'Reply to' }).fill('You are welcome. It will be with you on');
    await inbox.setViewportSize(SIZE);
    await save(inbox, 'inbox');
    const board = await fixture.page('/supervise', 'en', 'ben');
    await board.emulateMedia({ colorScheme: 'dark' });
    await board.setViewportSize(SIZE);
    await board.reload();
    await board.locator('[data-contention=writing]').waitFor();
    await save(board, 'supervise');
  } finally {
    await fixture.close();
    await browser.close();
  }
}

/** As WebP, which the browser makes of it: a fifth of a PNG. */
async function save(page: Page, name: string): Promise<void> {
  const png = (await page.screenshot()).toString('base64');
  const blank = await page.context().newPage();
  const webp = await blank.evaluate<string>(`(async () => {
    const picture = await createImageBitmap(await (await fetch('data:image/png;base64,${png}')).blob());
    const canvas = Object.assign(document.createElement('canvas'), { width: picture.width, height: picture.height });
    canvas.getContext('2d').drawImage(picture, 0, 0);
    return canvas.toDataURL('image/webp', ${QUALITY}).split(',')[1];
  })()`);
  await blank.close();
  await mkdir(FOLDER, { recursive: true });
  await writeFile(resolve(FOLDER, `${name}.webp`), Buffer.from(webp, 'base64'));
}

await main();
