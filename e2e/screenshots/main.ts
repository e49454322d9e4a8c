import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { chromium, type Browser } from 'playwright';
import { chromiumLaunchOptions } from '../../test-support/chromium.ts';
import { ScreenshotTaker } from './take-screenshots.ts';
import { ALL_SCENES, type SceneGroup } from './all-scenes.ts';
import type { Scene, SceneContext } from './scene.ts';
import { readOptions, type Options } from './read-options.ts';
import { Texts } from './texts.ts';

const FOLDER = resolve(import.meta.dirname, '../../.screenshots');

/** Every page in every state that its users meet, to be looked at. A scene that fails, or that scrolls sideways, is a fault. */
async function main(options: Options): Promise<number> {
  const isWanted = ({ name }: Scene): boolean =>
    options.names.length === 0 || options.names.some((part) => name.includes(part));
  if (options.names.length === 0) await rm(FOLDER, { recursive: true, force: true });

  const taker = new ScreenshotTaker(FOLDER, options);
  const browser = await chromium.launch(chromiumLaunchOptions());
  try {
    for (const { open, scenes } of ALL_SCENES) {
      const wanted = scenes.filter(isWanted);
      if (wanted.length > 0) await perform({ open, scenes: wanted }, browser, options, taker);
    }
  } finally {
    await browser.close();
  }
  for (const fault of taker.faults) console.error(fault);
  console.log(`${taker.taken} screenshots in ${FOLDER}, ${taker.faults.length} faults`);
  return taker.faults.length === 0 ? 0 : 1;
}

async function perform({ open, scenes }: SceneGroup, browser: Browser, { languages }: Options, taker: ScreenshotTaker) {
  const fixture = await open(browser);
  try {
    for (const language of languages) {
      for (const scene of scenes) await shoot(scene, { fixture, texts: new Texts(language) }, taker);
    }
  } finally {
    await fixture.close();
  }
}

/** One that fails leaves the others to be seen. */
async function shoot(scene: Scene, context: SceneContext, taker: ScreenshotTaker): Promise<void> {
  const { language } = context.texts;
  try {
    await taker.take(await scene.show(context), language, scene.name);
  } catch (error) {
    taker.faults.push(`${scene.name} in ${language}: ${String(error).split('\n', 3).join(' ')}`);
  } finally {
    await context.fixture.clear();
  }
}

process.exitCode = await main(readOptions(process.argv.slice(2)));
