import type { Conversation, Role } from '@baton/protocol';
import type { PageId } from '../../pages.ts';

/** The input of every condition: plain data, so that tests can cover all of it. */
export interface ActionContext {
  meId: string;
  role: Role;
  /** The open conversation. */
  conversation: Conversation | undefined;
  /** Undefined on pages without a list. */
  list: { rows: number; hasNext: boolean; hasPrevious: boolean } | undefined;
  /** The view is up to date: changes need that (SEE-3). */
  caughtUp: boolean;
  /** A takeover is under way: actions that follow it are possible already. */
  takingOver: boolean;
  mayUndo: boolean;
  /** Id of the current route. */
  route: string | null;
}

/** The commands that actions call. */
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

/** With `silent` a key press shows no toast, as on a page without a list. */
export type Possibility = { ok: true } | { ok: false; why: string; silent?: true };

export const GROUPS = ['conversation', 'list', 'general', 'pages'] as const;
export type ActionGroup = (typeof GROUPS)[number];

export interface Action {
  id: string;
  title: () => string;
  group: ActionGroup;
  /** Named as by `keyOf`: `j`, `Shift+E`, `Ctrl+K`; null for none. */
  key: string | null;
  /** Works in fields too, and cannot be changed or switched off. */
  everywhere?: true;
  possible: (context: ActionContext) => Possibility;
  run: (target: ActionTarget) => void;
}
