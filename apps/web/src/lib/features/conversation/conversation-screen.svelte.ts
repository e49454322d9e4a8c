import { untrack } from 'svelte';
import type { Draft, Transition } from '@baton/protocol';
import { api } from '../../api/client.ts';
import type { InboxState } from '../../inbox/inbox.svelte.ts';
import { holdOf, InstructionsState } from '../../inbox/instructions.svelte.ts';
import { OpenConversationState } from '../../inbox/open-conversation.svelte.ts';
import { m } from '../../paraglide/messages.js';
import type { ActionsState } from '../actions/actions.svelte.ts';
import { ariaKey } from '../actions/key-of.ts';
import { ComposerState } from '../composer/composer.svelte.ts';
import { DraftStore } from '../composer/draft-store.ts';
import { explainSilence } from '../holding/explain-silence.ts';
import { mayOfferDraft } from './offers.ts';
import { readPanePreference, writePanePreference } from './pane-preference.ts';
import { notYetIn } from './pending-message.ts';
import type { UnreadRange } from './thread-rows.ts';

const COMPOSER_TICK_MS = 500;

/** Moves the focus to the parts of the screen. */
export interface ScreenFocus {
  log(): void;
  field(): void;
  handBack(): void;
  undoSend(): void;
}

/** One conversation on the screen: its thread, its composer, and the pane beside them. Made while a component starts. */
export class ConversationScreenState {
  readonly inbox: InboxState;
  readonly open: OpenConversationState;
  readonly composer: ComposerState;
  readonly instructions: InstructionsState;
  /** Null until the history has been read. */
  history = $state.raw<Transition[] | null>(null);
  historyFailed = $state(false);
  historyOpen = $state(false);
  detailsPreferred = $state(readPanePreference(localStorage));
  unreadAtOpening = $state.raw<UnreadRange | null>(null);
  #dismissedTurn = $state(-1);
  readonly #actions: ActionsState;
  readonly #focus: ScreenFocus;

  readonly silence = $derived.by(
    () => this.open.conversation && explainSilence(this.open.conversation, this.inbox.meId, this.inbox.now),
  );
  readonly pending = $derived.by(() => notYetIn(this.open.messages, this.composer.pending));
  readonly title: string = $derived.by(() => this.open.conversation?.customer.name ?? m.conversation_log());
  readonly detailsOpen: boolean = $derived.by(() => this.detailsPreferred && !this.historyOpen);
  /** The agent's unsent reply, while it is worth offering. */
  readonly draft: Draft | null = $derived.by(() => {
    const { conversation, messages } = this.open;
    const draft = this.inbox.view.drafts.get(this.open.id);
    if (!conversation || !draft || draft.turn === this.#dismissedTurn) return null;
    return mayOfferDraft(conversation, messages, draft) ? draft : null;
  });

  constructor(inbox: InboxState, actions: ActionsState, conversationId: string, focus: ScreenFocus) {
    this.inbox = inbox;
    this.#actions = actions;
    this.#focus = focus;
    this.open = new OpenConversationState(inbox, conversationId, () => this.#sayNotSent());
    this.composer = new ComposerState(this.open, new DraftStore(sessionStorage, inbox.meId));
    this.instructions = new InstructionsState(conversationId);
    this.#followServer();
  }

  /** @returns a function that stops it, when the screen goes away */
  start(): () => void {
    const unwatch = this.open.open();
    void this.inbox.readChannels();
    const unregister = this.#actions.registerConversation({
      conversation: () => this.open.conversation,
      // Changes of the conversation do not depend on its messages: these may still be loading.
      caughtUp: () => this.inbox.status === 'live',
      takingOver: () => this.open.takingOver,
      read: () => this.#focus.log(),
      write: (note) => this.#write(note),
      takeOver: () => this.takeOver(),
      handBack: () => this.#focus.handBack(),
      mayUndoSend: () => this.composer.phase === 'held',
      undoSend: () => this.#focus.undoSend(),
    });
    const ticking = setInterval(() => this.composer.tick(), COMPOSER_TICK_MS);
    return () => {
      clearInterval(ticking);
      this.composer.leave();
      unregister();
      unwatch();
    };
  }

  /** Focuses the field before the server has answered: the next keys are meant for the customer. */
  takeOver(): void {
    this.#focus.field();
    void this.open.takeOver();
  }

  edit(text: string): void {
    this.composer.use(text);
    this.#focus.field();
  }

  useDraft({ text, turn }: Draft): void {
    this.#dismissedTurn = turn;
    this.edit(text);
  }

  dismissDraft({ turn }: Draft): void {
    this.#dismissedTurn = turn;
    this.#focus.log();
  }

  dismissProblem(): void {
    this.open.problem = null;
    this.#focus.log();
  }

  /** The pane has room for either the details or the history. */
  toggleDetails(): void {
    this.detailsPreferred = this.historyOpen || !this.detailsPreferred;
    this.historyOpen = false;
    writePanePreference(localStorage, this.detailsPreferred);
  }

  toggleHistory(): void {
    this.historyOpen = !this.historyOpen;
  }

  /** For `aria-keyshortcuts`. */
  shortcutOf(actionId: string): string | undefined {
    const { keys, offered } = this.#actions;
    const key = keys.enabled && offered.find(({ action }) => action.id === actionId)?.key;
    return key ? ariaKey(key) : undefined;
  }

  #write(note: boolean): void {
    this.composer.setNote(note);
    this.#focus.field();
  }

  #sayNotSent(): void {
    const name = this.open.conversation?.customer.name ?? '';
    this.#actions.toasts.say(m.toast_not_sent({ name }), { tone: 'bad' });
  }

  #followServer(): void {
    // Once, and before the thread is on the screen: on a direct link the server has to answer first.
    $effect.pre(() => {
      const after = this.inbox.view.readSeqs.get(this.open.id);
      const upTo = this.open.conversation?.lastSeq;
      if (after !== undefined && upTo !== undefined) this.unreadAtOpening ??= { after, upTo };
    });
    // Caught up again: queued messages go out, and a typing teammate says so on the new connection.
    $effect(() => {
      if (!this.open.caughtUp) return;
      untrack(() => {
        this.open.reached();
        this.composer.resumed();
        this.composer.sendIfPossible();
        void this.#readLateDraft();
      });
    });
    $effect(() => {
      if (!this.historyOpen || this.open.conversation === undefined) return;
      void this.open.conversation.version;
      void this.#readHistory();
    });
    const hold = $derived(this.open.conversation && holdOf(this.open.conversation));
    $effect(() => {
      if (!this.open.caughtUp || hold === undefined) return;
      untrack(() => void this.instructions.follow(this.open.conversation?.version ?? 0));
    });
  }

  async #readHistory(): Promise<void> {
    const answer = await api.listTransitions({ id: this.open.id });
    this.historyFailed = !answer.ok;
    if (answer.ok) this.history = answer.data.items;
  }

  /** A draft that came while this page did not watch; the socket tells of later ones. */
  async #readLateDraft(): Promise<void> {
    const answer = await api.listDrafts({ id: this.open.id });
    const [newest] = answer.ok ? answer.data.items : [];
    if (newest) this.inbox.apply({ type: 'draft', conversationId: this.open.id, draft: newest });
  }
}
