import type { Page } from 'playwright';
import type { ProductFixture } from './product-fixture.ts';
import type { Texts } from './texts.ts';

/** One page in one state. `show` prepares the state and returns the page, which is closed afterwards. */
export interface Scene {
  name: string;
  show: (context: SceneContext) => Promise<Page>;
}

export interface SceneContext {
  fixture: ProductFixture;
  texts: Texts;
}
