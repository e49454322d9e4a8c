import { resolve } from '$app/paths';
import { PAGES } from './pages.ts';
import type { PageId } from './pages.ts';

/** The addresses of our pages, typed against the routes there are. */
export const paths = {
  page: (id: PageId) => resolve(PAGES[id].route),
  conversation: (conversationId: string) => resolve('/(app)/inbox/[conversationId]', { conversationId }),
  settings: () => resolve('/(app)/settings'),
  agent: (agentId: string) => resolve('/(app)/settings/agents/[agentId]', { agentId }),
  chat: (channelId: string) => resolve('/chat/[channelId]', { channelId }),
  setUp: () => resolve('/setup'),
  /** @param next path and search to open after signing in */
  signIn: (next?: string) => resolve('/sign-in') + (next === undefined ? '' : `?${new URLSearchParams({ next })}`),
};
