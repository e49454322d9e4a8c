import type { Conversation, Role } from '@baton/protocol';
import type { PageId } from '../../pages.ts';

/** What an action can see. Plain data, so that every answer can be tested. */
export interface ActionContext {
  meId: string;
  role: Role;
  /** The one that is open. */
  conversation: Conversation | undefined;
  /** How the list on this page stands to the open conversation; undefined on pages without one. */
  list: { rows: number; hasNext: boolean; hasPrevious: boolean } | undefined;
  /** What is shown is what the server has: nothing is changed on the ground of something old (SEE-3). */
  caughtUp: boolean;
  /** A takeover is under way: what needs one may be asked for already. */
  takingOver: boolean;
  mayUndo: boolean;
  /** The id of the route that is open. */
  route: string | null;
}

/** What an action can do. */
export interface ActionTarget {
  step(by: 1 | -1): void;
  openRow(): void;
  search(): void;
  write(note: boolean): void;
  takeOver(): void;
  handBack(): void;
  assign(assigneeId: string | null): void;
  assignToMe(): void;
  setStatus(status: 'open' | 'closed'): void;
  snooze(): void;
  undo(): void;
  showPalette(): void;
  showHelp(): void;
  go(page: PageId): void;
}

/** `silent`: a key press for it says nothing, as on a page that has no list. */
export type Possibility = { ok: true } | { ok: false; why: string; silent?: true };

export const GROUPS = ['conversation', 'list', 'general', 'pages'] as const;
export type ActionGroup = (typeof GROUPS)[number];

export interface Action {
  id: string;
  title: () => string;
  group: ActionGroup;
  /** As `keyOf` names it: `j`, `Shift+E`, `Ctrl+K`; null where it has none of its own. */
  key: string | null;
  /** Works while writing too, and can be neither changed nor switched off. */
  everywhere?: true;
  possible: (context: ActionContext) => Possibility;
  run: (target: ActionTarget) => void;
}
