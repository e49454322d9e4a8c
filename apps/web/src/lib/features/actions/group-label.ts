import { m } from '../../paraglide/messages.js';
import type { ActionGroup } from './action.ts';

const LABELS: Readonly<Record<ActionGroup, () => string>> = {
  conversation: m.actions_group_conversation,
  list: m.actions_group_list,
  general: m.actions_group_general,
  pages: m.actions_group_pages,
};

export function groupLabel(group: ActionGroup): string {
  return LABELS[group]();
}
