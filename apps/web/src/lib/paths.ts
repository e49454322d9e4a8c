import { resolve } from '$app/paths';

/** The addresses of our pages, typed against the routes there are. */
export const paths = {
  inbox: () => resolve('/(app)/inbox'),
  conversation: (conversationId: string) => resolve('/(app)/inbox/[conversationId]', { conversationId }),
  supervise: () => resolve('/(app)/supervise'),
  settings: () => resolve('/(app)/settings'),
  agents: () => resolve('/(app)/settings/agents'),
  agent: (agentId: string) => resolve('/(app)/settings/agents/[agentId]', { agentId }),
  knowledge: () => resolve('/(app)/settings/knowledge'),
  channels: () => resolve('/(app)/settings/channels'),
  team: () => resolve('/(app)/settings/team'),
  profile: () => resolve('/(app)/settings/profile'),
  chat: (channelId: string) => resolve('/chat/[channelId]', { channelId }),
  setUp: () => resolve('/setup'),
  /** @param next where to go afterwards: path and search of one of our pages */
  signIn: (next?: string) => resolve('/sign-in') + (next === undefined ? '' : `?${new URLSearchParams({ next })}`),
};
