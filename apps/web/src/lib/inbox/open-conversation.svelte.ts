import type { Conversation, Message, Presence, SendMessage } from '@baton/protocol';
import { SvelteSet } from 'svelte/reactivity';
import type { Answer, Rejected } from '@baton/client';
import { api } from '../api/client.ts';
import { isAway } from '../api/until-reachable.ts';
import { UNDO_MS } from './undo-preference.ts';
import { watchedUpTo } from './view/inbox-view.ts';
import type { InboxState } from './inbox.svelte.ts';

const OLDER_PAGE = 100;
const TAKE_OVER = 'takeOver';

/** The open conversation and the actions on it. */
export class OpenConversationState {
  readonly id: string;
  readonly inbox: InboxState;
  readonly cameBack: () => void;
  /** The rejection of the last action, until it is dismissed. */
  problem = $state<Rejected | null>(null);
  missing = $state(false);
  /** Name of the action under way. */
  busy = $state<string | null>(null);
  #running: Promise<void> | null = null;
  readonly #wanted = new SvelteSet<string>();

  readonly conversation: Conversation | undefined = $derived.by(() => this.inbox.view.conversations.get(this.id));
  readonly messages: readonly Message[] = $derived.by(() => this.inbox.view.threads.get(this.id)?.messages ?? []);
  readonly loaded: boolean = $derived.by(() => this.inbox.view.threads.has(this.id));
  readonly hasOlder: boolean = $derived.by(() => (this.inbox.view.threads.get(this.id)?.fromSeq ?? 1) > 1);
  readonly seenSeq: number = $derived.by(() => watchedUpTo(this.inbox.view, this.id) ?? 0);
  readonly others: Presence['people'] = $derived.by(() =>
    (this.inbox.view.presence.get(this.id) ?? []).filter((person) => person.id !== this.inbox.meId),
  );
  /** Connected, and the thread is up to date (SEE-3). */
  readonly caughtUp: boolean = $derived.by(() => this.inbox.status === 'live' && this.loaded);

  get conversationId(): string {
    return this.id;
  }

  get undoMs(): number {
    return this.inbox.undoSend ? UNDO_MS : 0;
  }

  get meId(): string {
    return this.inbox.meId;
  }

  /** @param notSent called when a message was not sent after the conversation was left */
  constructor(inbox: InboxState, id: string, cameBack: () => void = () => undefined) {
    this.cameBack = cameBack;
    this.inbox = inbox;
    this.id = id;
  }

  /** @returns a function that stops watching */
  open(): () => void {
    if (!this.conversation) void this.#lookUp();
    return this.inbox.watch(this.id);
  }

  /** @param limit at most 500 */
  async loadOlder(limit = OLDER_PAGE): Promise<void> {
    const before = this.inbox.view.threads.get(this.id)?.fromSeq;
    if (before === undefined || before <= 1) return;
    const answer = await this.#run('older', () => api.listMessages({ id: this.id, query: { before, limit } }));
    if (!answer?.ok) return;
    const messages = answer.data.items;
    const reachesStart = messages.length < limit || messages[0]?.seq === 1;
    this.inbox.apply({ type: 'olderLoaded', conversationId: this.id, messages, reachesStart });
  }

  setAgentReplies(enabled: boolean, instruction?: string): Promise<void> {
    return this.#change('agentReplies', () => api.setAgentReplies({ id: this.id, body: { enabled, instruction } }));
  }

  /** HOLD-10: turns *Agent replies* off and assigns the conversation to me. */
  takeOver(): Promise<void> {
    return this.#change(TAKE_OVER, () => api.setAgentReplies({ id: this.id, body: { enabled: false, assign: true } }));
  }

  /** The takeover is under way, or queued after another action. */
  get takingOver(): boolean {
    return this.busy === TAKE_OVER || this.#wanted.has(TAKE_OVER);
  }

  typing(typing: boolean, note: boolean): void {
    this.inbox.typing(this.id, typing, note);
  }

  async send(body: SendMessage): Promise<Answer<Message>> {
    const answer = this.inbox.noteFailure(await api.sendMessage({ id: this.id, body }));
    if (answer.ok) this.inbox.apply({ type: 'message', message: answer.data });
    return answer;
  }

  now(): number {
    return performance.now();
  }

  async sendAnyway(message: Message): Promise<void> {
    const answer = await this.#run(`send ${message.id}`, () =>
      api.sendMessageAnyway({ id: this.id, messageId: message.id }),
    );
    if (answer?.ok) this.inbox.apply({ type: 'message', message: answer.data });
  }

  async #change(name: string, act: () => Promise<Answer<Conversation>>): Promise<void> {
    const answer = await this.#run(name, act);
    if (answer?.ok) this.inbox.show(answer);
  }

  async #run<T>(name: string, act: () => Promise<Answer<T>>): Promise<Answer<T> | null> {
    // A repeated action is ignored; a different one runs after the current one.
    if (this.busy === name || this.#wanted.has(name)) return null;
    this.#wanted.add(name);
    while (this.#running !== null) await this.#running;
    this.#wanted.delete(name);
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#running = promise;
    this.busy = name;
    this.problem = null;
    const answer = this.inbox.noteFailure(await act());
    this.busy = null;
    this.#running = null;
    resolve();
    if (!answer.ok) this.problem = answer;
    return answer;
  }

  /** Clears an outage message once the server answers again. */
  reached(): void {
    if (this.problem && isAway(this.problem)) this.problem = null;
  }

  async #lookUp(): Promise<void> {
    const answer = this.inbox.noteFailure(await api.getConversation({ id: this.id }));
    if (answer.ok) this.inbox.show(answer);
    else if (answer.problem.code === 'not_found' || answer.problem.code === 'invalid') this.missing = true;
  }
}
