import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { chromium, type Browser } from 'playwright';
import { chromiumLaunchOptions } from '../../test-support/chromium.ts';
import { Photographer } from './photographer.ts';
import { PROGRAMME, type Act } from './programme.ts';
import type { Scene, Set } from './scene.ts';
import { readWish, type Wish } from './wish.ts';
import { Words } from './words.ts';

const FOLDER = resolve(import.meta.dirname, '../../.screenshots');

/** Every page in every state that its users meet, to be looked at. What could not be shown, or scrolls sideways, is a fault. */
async function main(wish: Wish): Promise<number> {
  const isWanted = ({ name }: Scene): boolean =>
    wish.names.length === 0 || wish.names.some((part) => name.includes(part));
  if (wish.names.length === 0) await rm(FOLDER, { recursive: true, force: true });

  const photographer = new Photographer(FOLDER, wish);
  const browser = await chromium.launch(chromiumLaunchOptions());
  try {
    for (const { open, scenes } of PROGRAMME) {
      const wanted = scenes.filter(isWanted);
      if (wanted.length > 0) await perform({ open, scenes: wanted }, browser, wish, photographer);
    }
  } finally {
    await browser.close();
  }
  for (const fault of photographer.faults) console.error(fault);
  console.log(`${photographer.taken} screenshots in ${FOLDER}, ${photographer.faults.length} faults`);
  return photographer.faults.length === 0 ? 0 : 1;
}

async function perform({ open, scenes }: Act, browser: Browser, { languages }: Wish, photographer: Photographer) {
  const studio = await open(browser);
  try {
    for (const language of languages) {
      for (const scene of scenes) await shoot(scene, { studio, words: new Words(language) }, photographer);
    }
  } finally {
    await studio.close();
  }
}

/** One that fails leaves the others to be seen. */
async function shoot(scene: Scene, set: Set, photographer: Photographer): Promise<void> {
  const { language } = set.words;
  try {
    await photographer.take(await scene.show(set), language, scene.name);
  } catch (error) {
    photographer.faults.push(`${scene.name} in ${language}: ${String(error).split('\n', 3).join(' ')}`);
  } finally {
    await set.studio.clear();
  }
}

process.exitCode = await main(readWish(process.argv.slice(2)));
