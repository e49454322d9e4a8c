import type { AppDeps } from './deps.ts';
import { apiRouter } from './http/api-router.ts';

/** The HTTP side, from injected parts. */
export function createApp(_deps: AppDeps) {
  return apiRouter();
}

/** For typed clients. */
export type App = ReturnType<typeof createApp>;
