import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this clone, independent of the working directory. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export const SERVER_BUNDLE = join(ROOT, 'apps/server/build/main.js');
export const WEB_HANDLER = join(ROOT, 'apps/web/build/handler.js');
export const MESSAGES = join(ROOT, 'apps/web/src/lib/paraglide/messages.js');
export const CHAT_WIDGET = join(ROOT, 'packages/chat-widget/build/widget.js');

/** Downloaded browsers and other files that are kept between runs. */
export const CACHE = join(ROOT, 'node_modules/.cache/baton');

/** The path of a program that pnpm installed in a workspace. */
export const tool = (name, workspace = '.') => join(ROOT, workspace, 'node_modules/.bin', name);
