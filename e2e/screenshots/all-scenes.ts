import type { Browser } from 'playwright';
import type { Scene } from './scene.ts';
import { conversationScenes } from './scenes/conversation.ts';
import { customerScenes } from './scenes/customer.ts';
import { signInScenes, setUpScenes } from './scenes/sign-in.ts';
import { handoverScenes } from './scenes/handover.ts';
import { emptyInboxScenes, inboxScenes } from './scenes/inbox.ts';
import { pausedScenes } from './scenes/paused.ts';
import { secretScenes, settingsScenes } from './scenes/settings.ts';
import { emptySuperviseScenes, superviseScenes } from './scenes/supervise.ts';
import { activeDemo } from './active-demo.ts';
import { ProductFixture } from './product-fixture.ts';

export interface SceneGroup {
  open: (browser: Browser) => Promise<ProductFixture>;
  /** In this order: later scenes find the changes of earlier ones. */
  scenes: Scene[];
}

export const ALL_SCENES: SceneGroup[] = [
  {
    open: activeDemo,
    scenes: [
      ...signInScenes,
      ...inboxScenes,
      ...superviseScenes,
      ...settingsScenes,
      ...conversationScenes,
      ...pausedScenes,
    ],
  },
  {
    open: (browser) => ProductFixture.plain(browser),
    scenes: [...emptyInboxScenes, ...emptySuperviseScenes, ...customerScenes, ...handoverScenes, ...secretScenes],
  },
  { open: (browser) => ProductFixture.untouched(browser, '0.0.0.0'), scenes: setUpScenes },
];
