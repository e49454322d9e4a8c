import type { Browser } from 'playwright';
import type { Scene } from './scene.ts';
import { conversationScenes } from './scenes/conversation.ts';
import { customerScenes } from './scenes/customer.ts';
import { doorScenes, setUpScenes } from './scenes/door.ts';
import { handoverScenes } from './scenes/handover.ts';
import { emptyInboxScenes, inboxScenes } from './scenes/inbox.ts';
import { pausedScenes } from './scenes/paused.ts';
import { secretScenes, settingsScenes } from './scenes/settings.ts';
import { emptySuperviseScenes, superviseScenes } from './scenes/supervise.ts';
import { livelyDemo } from './lively-demo.ts';
import { Studio } from './studio.ts';

export interface Act {
  open: (browser: Browser) => Promise<Studio>;
  /** In this order: what one does, the next ones find. */
  scenes: Scene[];
}

export const PROGRAMME: Act[] = [
  {
    open: livelyDemo,
    scenes: [
      ...doorScenes,
      ...inboxScenes,
      ...superviseScenes,
      ...settingsScenes,
      ...conversationScenes,
      ...pausedScenes,
    ],
  },
  {
    open: (browser) => Studio.plain(browser),
    scenes: [...emptyInboxScenes, ...emptySuperviseScenes, ...customerScenes, ...handoverScenes, ...secretScenes],
  },
  { open: (browser) => Studio.untouched(browser, '0.0.0.0'), scenes: setUpScenes },
];
