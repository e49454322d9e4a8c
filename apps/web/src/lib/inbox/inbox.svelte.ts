import { createContext } from 'svelte';
import type { Channel, Conversation, Me, Person } from '@baton/protocol';
import { setRead } from '../api/conversations.ts';
import { listChannels } from '../api/workspace.ts';
import { isAway } from '../api/request.ts';
import type { Answer } from '../api/request.ts';
import { readUndoPreference, writeUndoPreference } from './undo-preference.ts';
import { watchPresence } from './sync/browser-idle.ts';
import { emptyInbox, reduceInbox } from './view/inbox-view.ts';
import type { InboxEvent } from './view/inbox-view.ts';
import { InboxSync } from './sync/inbox-sync.ts';
import type { ConnectionStatus } from './sync/inbox-sync.ts';
import { ServerClock } from './sync/server-clock.ts';

const TICK_MS = 500;

/** The live inbox of the person signed in. Made by the layout, found through its context, closed with it. */
export class InboxState {
  readonly me: Me;
  readonly teammates: Person[];
  view = $state.raw(emptyInbox());
  status = $state<ConnectionStatus>('connecting');
  signedOut = $state(false);
  /** *Send* waits for 5 s and can be undone (SEND-8). */
  undoSend = $state(readUndoPreference(localStorage));
  /** The server's time in ms since 1970, moving on twice a second and with each event: countdowns read it. */
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
    // What begins now would be counted from the last tick, or by a reading that came late, and a window of 45 s begin at 0:46.
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

  /** Passes an answer on, and notes when it says that the database is away or the session over. */
  noteFailure<T>(answer: Answer<T>): Answer<T> {
    if (!answer.ok && isAway(answer)) void this.#sync.reportAway();
    if (!answer.ok && answer.problem.code === 'unauthenticated') this.signedOut = true;
    return answer;
  }

  /** Shows the answer to a change at once; the frame that tells everybody may come before or after it. */
  show(answer: Answer<Conversation>): void {
    if (this.noteFailure(answer).ok && answer.ok) this.apply({ type: 'conversation', conversation: answer.data });
  }

  /** Once: channels seldom change, and only their names and kinds are used. */
  async readChannels(): Promise<void> {
    if (this.#askedForChannels) return;
    this.#askedForChannels = true;
    const answer = await listChannels();
    if (answer.ok) this.#channels = answer.data.items;
    else this.#askedForChannels = false;
  }

  /** Undefined while it is not known. */
  channel(channelId: string): Channel | undefined {
    return this.#channels?.find(({ id }) => id === channelId);
  }

  setUndoSend(on: boolean): void {
    this.undoSend = on;
    writeUndoPreference(localStorage, on);
  }

  /** Moves the person's read marker on. */
  read(conversationId: string, seq: number): void {
    if (seq <= (this.view.readSeqs.get(conversationId) ?? 0)) return;
    this.apply({ type: 'read', conversationId, seq });
    void setRead(conversationId, seq);
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
