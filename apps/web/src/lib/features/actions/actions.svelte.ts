import { createContext } from 'svelte';
import type { Conversation, ConversationStatus } from '@baton/protocol';
import type { Answer } from '@baton/client';
import { api } from '../../api/client.ts';
import { soonText } from '../../i18n/format.ts';
import { m } from '../../paraglide/messages.js';
import type { PageId } from '../../pages.ts';
import type { InboxState } from '../../inbox/inbox.svelte.ts';
import { Toasts } from '../toasts/toasts.svelte.ts';
import type { Toast } from '../toasts/toasts.svelte.ts';
import { beside } from './place-in-list.ts';
import type { PlaceInList } from './place-in-list.ts';
import type { Action, ActionContext, ActionTarget, Possibility } from './action.ts';
import { keyOfAction, readKeyPreferences, writeKeyPreferences } from './key-preferences.ts';
import type { KeyPreferences } from './key-preferences.ts';
import { ACTIONS } from './registry.ts';
import { isUntilReply } from './snooze-options.ts';
import { problemText } from '../connection/problem-text.ts';

/** The list of the current page, as actions need it. Its functions read reactively. */
export interface ListPart {
  ids(): readonly string[];
  place(): PlaceInList;
  open(conversationId: string): void;
  search(): void;
}

/** The open conversation, as actions need it. Its functions read reactively. */
export interface ConversationPart {
  conversation(): Conversation | undefined;
  caughtUp(): boolean;
  takingOver(): boolean;
  read(): void;
  write(note: boolean): void;
  takeOver(): void;
  handBack(): void;
  /** A message is held for *Undo* (SEND-8). */
  mayUndoSend(): boolean;
  undoSend(): void;
}

/** An action with its key and whether it is possible now. */
export interface OfferedAction {
  action: Action;
  key: string | null;
  possibility: Possibility;
}

interface Surroundings {
  inbox: InboxState;
  route: () => string | null;
  go: (page: PageId) => void;
}

/** Performs the actions of the registry on the current screen. The workspace has one. */
export class ActionsState implements ActionTarget {
  readonly inbox: InboxState;
  readonly toasts = new Toasts();
  readonly go: (page: PageId) => void;
  keys = $state.raw<KeyPreferences>(readKeyPreferences(localStorage));
  dialog = $state<'palette' | 'help' | 'snooze' | null>(null);
  readonly #route: () => string | null;
  #list = $state.raw<ListPart>();
  #open = $state.raw<ConversationPart>();
  /** The newest change without an answer of the server. */
  #changing = $state.raw<Promise<Toast | null> | null>(null);

  readonly context: ActionContext = $derived.by(() => ({
    meId: this.inbox.meId,
    role: this.inbox.me.role,
    conversation: this.#open?.conversation(),
    list: this.#list && aroundPlace(this.#list),
    caughtUp: this.#open?.caughtUp() ?? false,
    takingOver: this.#open?.takingOver() ?? false,
    mayUndo: this.#open?.mayUndoSend() === true || this.#changing !== null || this.toasts.undoable !== undefined,
    route: this.#route(),
  }));

  readonly offered: OfferedAction[] = $derived.by(() =>
    ACTIONS.map((action) => ({
      action,
      key: keyOfAction(action, this.keys),
      possibility: action.possible(this.context),
    })),
  );

  constructor({ inbox, route, go }: Surroundings) {
    this.inbox = inbox;
    this.#route = route;
    this.go = go;
  }

  /** @returns a function that unregisters it */
  registerList(part: ListPart): () => void {
    this.#list = part;
    return () => {
      if (this.#list === part) this.#list = undefined;
    };
  }

  /** @returns a function that unregisters it */
  registerConversation(part: ConversationPart): () => void {
    this.#open = part;
    return () => {
      if (this.#open === part) this.#open = undefined;
    };
  }

  /** Performs the action, or shows a toast with the reason why not. */
  perform(action: Action): void {
    const possibility = action.possible(this.context);
    if (possibility.ok) action.run(this);
    else if (!possibility.silent)
      this.toasts.say(m.toast_not_possible({ action: action.title(), why: possibility.why }));
  }

  setKeys(keys: KeyPreferences): void {
    this.keys = keys;
    writeKeyPreferences(localStorage, keys);
  }

  step(by: 1 | -1): void {
    const next = this.#list && beside(this.#list.ids(), this.#list.place(), by);
    if (next !== undefined) this.#list?.open(next);
  }

  openRow(): void {
    if (this.#open) this.#open.read();
    else this.step(1);
  }

  search(): void {
    this.#list?.search();
  }

  write(note: boolean): void {
    this.#open?.write(note);
  }

  takeOver(): void {
    this.#open?.takeOver();
  }

  handBack(): void {
    this.#open?.handBack();
  }

  assignToMe(): void {
    this.assign(this.inbox.meId);
  }

  assign(assigneeId: string | null): void {
    this.#change((conversation) => ({
      to: () => api.setAssignee({ id: conversation.id, body: { assigneeId } }),
      back: () => api.setAssignee({ id: conversation.id, body: { assigneeId: conversation.assigneeId } }),
      said: this.#assigned(conversation.customer.name, assigneeId),
    }));
  }

  setStatus(status: Exclude<ConversationStatus, 'snoozed'>): void {
    this.#change((conversation) => ({
      to: () => api.setStatus({ id: conversation.id, body: { status } }),
      back: () => restoreStatus(conversation),
      said: (status === 'closed' ? m.toast_resolved : m.toast_reopened)({ name: conversation.customer.name }),
    }));
  }

  snoozeUntil(until: Date): void {
    this.#change((conversation) => ({
      to: () => api.setStatus({ id: conversation.id, body: { status: 'snoozed', snoozedUntil: until.toISOString() } }),
      back: () => restoreStatus(conversation),
      said: isUntilReply(until)
        ? m.toast_snoozed_until_reply({ name: conversation.customer.name })
        : m.toast_snoozed({ name: conversation.customer.name, time: soonText(until.toISOString()) }),
    }));
  }

  snooze(): void {
    this.dialog = 'snooze';
  }

  showPalette(): void {
    this.dialog = 'palette';
  }

  showHelp(): void {
    this.dialog = 'help';
  }

  /** Undoes a held message first, which has the least time left, else the newest change, even one under way. */
  undo(): void {
    if (this.#open?.mayUndoSend()) this.#open.undoSend();
    else void this.#undoChange();
  }

  async #undoChange(): Promise<void> {
    const toast = this.#changing === null ? this.toasts.undoable : await this.#changing;
    if (toast) this.toasts.undo(toast);
  }

  close(): void {
    this.toasts.close();
  }

  /** Changes the open conversation. *Undo* changes the same one back, whichever is open by then. */
  #change(plan: (before: Conversation) => { to: Change; back: Change; said: string }): void {
    const before = this.#open?.conversation();
    if (before === undefined) return;
    const { to, back, said } = plan(before);
    const undo = (): void => void this.#send(back, m.toast_undone());
    const changing = this.#send(to, said, undo);
    this.#changing = changing;
    void changing.then(() => {
      if (this.#changing === changing) this.#changing = null;
    });
  }

  /** @returns the toast that offers *Undo* */
  async #send(change: Change, said: string, undo?: () => void): Promise<Toast | null> {
    const answer = await change();
    this.inbox.show(answer);
    if (answer.ok) return this.toasts.say(said, { undo });
    this.toasts.say(problemText(answer), { tone: 'bad' });
    return null;
  }

  #assigned(name: string, assigneeId: string | null): string {
    if (assigneeId === null) return m.toast_unassigned({ name });
    if (assigneeId === this.inbox.meId) return m.toast_assigned_to_me({ name });
    const teammate = this.inbox.teammates.find(({ id }) => id === assigneeId)?.name ?? m.holding_someone();
    return m.toast_assigned({ name, teammate });
  }
}

type Change = () => Promise<Answer<Conversation>>;

function restoreStatus({ id, status, snoozedUntil }: Conversation): Promise<Answer<Conversation>> {
  return api.setStatus({ id, body: { status, snoozedUntil: snoozedUntil ?? undefined } });
}

function aroundPlace(list: ListPart): ActionContext['list'] {
  const ids = list.ids();
  const place = list.place();
  return {
    rows: ids.length,
    hasNext: beside(ids, place, 1) !== undefined,
    hasPrevious: beside(ids, place, -1) !== undefined,
  };
}

export const [getActions, setActions] = createContext<ActionsState>();
