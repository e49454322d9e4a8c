import { texts } from '../../i18n/texts.ts';
import { m } from '../../paraglide/messages.js';
import type { ActionGroup } from './action.ts';

export const groupWords: Readonly<Record<ActionGroup, string>> = texts({
  conversation: m.actions_group_conversation,
  list: m.actions_group_list,
  general: m.actions_group_general,
  places: m.actions_group_places,
});
