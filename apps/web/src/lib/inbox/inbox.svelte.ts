import { createContext } from 'svelte';
import type { Channel, Conversation, Me, Person } from '@baton/protocol';
import type { Answer } from '@baton/client';
import { api } from '../api/client.ts';
import { isAway } from '../api/until-reachable.ts';
import { readUndoPreference, writeUndoPreference } from './undo-preference.ts';
import { watchPresence } from './sync/browser-idle.ts';
import { emptyInbox, reduceInbox } from './view/inbox-view.ts';
import type { InboxEvent } from './view/inbox-view.ts';
import { InboxSync } from './sync/inbox-sync.ts';
import type { ConnectionStatus } from './sync/inbox-sync.ts';
import { ServerClock } from './sync/server-clock.ts';

const TICK_MS = 500;

/** The live inbox of the signed-in person. The layout creates it, provides it by context and closes it. */
export class InboxState {
  readonly me: Me;
  readonly teammates: Person[];
  view = $state.raw(emptyInbox());
  status = $state<ConnectionStatus>('connecting');
  signedOut = $state(false);
  /** *Send* is held for 5 s and can be undone (SEND-8). */
  undoSend = $state(readUndoPreference(localStorage));
  /** Server time in ms since 1970, updated twice a second and with each event. Countdowns read it. */
  now: number = $state(Date.now());

  #channels = $state.raw<readonly Channel[] | null>(null);
  #askedForChannels = false;

  readonly #clock = new ServerClock(Date.now);
  readonly #sync: InboxSync;
  readonly #ticking: ReturnType<typeof setInterval>;
  readonly #endIdleWatch: () => void;

  constructor(me: Me, teammates: Person[]) {
    this.me = me;
    this.teammates = teammates;
    this.#ticking = setInterval(() => this.#tick(), TICK_MS);
    this.#sync = new InboxSync({
      view: () => this.view,
      apply: (event) => this.apply(event),
      status: (status) => (this.status = status),
      now: () => this.#clock.now(),
      clock: (serverNow) => {
        this.#clock.read(serverNow);
        this.#tick();
      },
      connectionLost: () => this.#clock.forget(),
      signedOut: () => (this.signedOut = true),
    });
    this.#endIdleWatch = watchPresence((idle) => this.#sync.idle(idle));
  }

  get meId(): string {
    return this.me.teammate.id;
  }

  apply(event: InboxEvent): void {
    // Without this a late clock reading would start a window of 45 s at 0:46.
    if (event.type === 'conversation') this.#clock.passed(Date.parse(event.conversation.stateSince));
    this.#tick();
    this.view = reduceInbox(this.view, event);
  }

  watch(conversationId: string): () => void {
    void this.#sync.watch(conversationId);
    return () => this.#sync.unwatch(conversationId);
  }

  typing(conversationId: string, typing: boolean, note: boolean): void {
    this.#sync.typing(conversationId, typing, note);
  }

  /** Returns the answer, and notes an unavailable database or an ended session. */
  noteFailure<T>(answer: Answer<T>): Answer<T> {
    if (!answer.ok && isAway(answer)) void this.#sync.reportAway();
    if (!answer.ok && answer.problem.code === 'unauthenticated') this.signedOut = true;
    return answer;
  }

  /** Applies the answer to a change. The socket frame of the same change may come before or after it. */
  show(answer: Answer<Conversation>): void {
    if (this.noteFailure(answer).ok && answer.ok) this.apply({ type: 'conversation', conversation: answer.data });
  }

  /** Reads the channels once: they seldom change, and only names and kinds are used. */
  async readChannels(): Promise<void> {
    if (this.#askedForChannels) return;
    this.#askedForChannels = true;
    const answer = await api.listChannels();
    if (answer.ok) this.#channels = answer.data.items;
    else this.#askedForChannels = false;
  }

  /** Undefined until the channels are read. */
  channel(channelId: string): Channel | undefined {
    return this.#channels?.find(({ id }) => id === channelId);
  }

  setUndoSend(on: boolean): void {
    this.undoSend = on;
    writeUndoPreference(localStorage, on);
  }

  /** Advances the person's read marker. */
  read(conversationId: string, seq: number): void {
    if (seq <= (this.view.readSeqs.get(conversationId) ?? 0)) return;
    this.apply({ type: 'read', conversationId, seq });
    void api.setRead({ id: conversationId, body: { seq } });
  }

  close(): void {
    clearInterval(this.#ticking);
    this.#endIdleWatch();
    this.#sync.close();
  }

  #tick(): void {
    this.now = this.#clock.now();
  }
}

export const [getInbox, setInbox] = createContext<InboxState>();
