import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The clone itself, wherever the command was called from. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export const SERVER_BUNDLE = join(ROOT, 'apps/server/build/main.js');
export const WEB_HANDLER = join(ROOT, 'apps/web/build/handler.js');
export const MESSAGES = join(ROOT, 'apps/web/src/lib/paraglide/messages.js');
export const CHAT_WIDGET = join(ROOT, 'packages/chat-widget/build/widget.js');

/** Things worth keeping between runs that are not part of the project: downloaded browsers and the like. */
export const CACHE = join(ROOT, 'node_modules/.cache/baton');

/** What pnpm put on the path of this workspace. */
export const tool = (name, workspace = '.') => join(ROOT, workspace, 'node_modules/.bin', name);
