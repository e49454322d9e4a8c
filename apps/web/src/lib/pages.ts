import type { Permission } from '@baton/protocol';
import { m } from './paraglide/messages.js';

export interface Page {
  route: string;
  title: () => string;
  /** The navigation that links to it. */
  nav: 'rail' | 'settings';
  /** Everyone may open it where this is missing. */
  permission?: Permission;
}

/** Every page that navigation and palette lead to, in their order. A new settings page is a line here and its route. */
export const PAGES = {
  inbox: { route: '/(app)/inbox', title: m.list_inbox, nav: 'rail' },
  supervise: { route: '/(app)/supervise', title: m.supervise_title, nav: 'rail', permission: 'supervise.read' },
  agents: { route: '/(app)/settings/agents', title: m.settings_agents, nav: 'settings' },
  knowledge: { route: '/(app)/settings/knowledge', title: m.settings_knowledge, nav: 'settings' },
  channels: { route: '/(app)/settings/channels', title: m.settings_channels, nav: 'settings' },
  team: { route: '/(app)/settings/team', title: m.settings_team, nav: 'settings' },
  profile: { route: '/(app)/settings/profile', title: m.settings_profile, nav: 'settings' },
} as const satisfies Record<string, Page>;

export type PageId = keyof typeof PAGES;

export const PAGE_LIST: readonly (Page & { id: PageId })[] = Object.keys(PAGES)
  .filter(isPageId)
  .map((id) => ({ id, ...PAGES[id] }));

function isPageId(id: string): id is PageId {
  return id in PAGES;
}
