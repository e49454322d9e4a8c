import { connectTeam, type TeamSocket } from '@baton/client/team-socket';
import type { Conversation } from '@baton/protocol';
import { api } from '../../api/client.ts';
import { untilReachable } from '../../api/until-reachable.ts';
import { readChangedMessages } from './changed-messages.ts';
import { behind, watchedUpTo } from '../view/inbox-view.ts';
import type { InboxEvent, InboxView } from '../view/inbox-view.ts';

/**
 * - `connecting`: never been live yet
 * - `live`: what is shown is what the server has
 * - `catchingUp`: connected again, fetching what was missed
 * - `lost`: no connection
 * - `away`: the server is there, its database is not
 */
export type ConnectionStatus = 'connecting' | 'live' | 'catchingUp' | 'lost' | 'away';

export interface InboxSyncHost {
  view(): InboxView;
  apply(event: InboxEvent): void;
  status(status: ConnectionStatus): void;
  /** Server time in ms since 1970. */
  now(): number;
  clock(serverNow: number): void;
  connectionLost(): void;
  signedOut(): void;
}

/** The frames of one change arrive within 250 ms: a gap that lasts longer is fetched. */
const PATIENCE_MS = 1_000;
/** The server repairs lists every 5 s: changes from just before the loss may be missing. */
const MARGIN_MS = 30_000;
const PAGE = 200;
const ROUNDS = 5;

/** Keeps the view equal to the server: watches, detects gaps and fetches missed changes. Framework-free. */
export class InboxSync {
  readonly #host: InboxSyncHost;
  readonly #socket: TeamSocket;
  readonly #watching = new Set<string>();
  readonly #watched = new Set<string>();
  readonly #fetching = new Set<string>();
  readonly #closed = new AbortController();
  #idle = false;
  #status: ConnectionStatus = 'connecting';
  /** Numbers connections, so that answers on an old one are ignored. */
  #connection = 0;
  #liveUntil: number | null = null;

  constructor(host: InboxSyncHost) {
    this.#host = host;
    this.#socket = connectTeam({
      connected: () => void this.#resume(),
      disconnected: () => this.#lose(),
      rejected: () => void this.#checkSession(),
      clock: (now) => host.clock(now),
      list: (entries) => host.apply({ type: 'list', entries }),
      draft: (kept) => host.apply({ type: 'draft', ...kept }),
      presence: (presence) => host.apply({ type: 'presence', presence }),
      attendance: (changed) => host.apply({ type: 'attendance', changed }),
      agents: (changed) => host.apply({ type: 'agents', changed }),
      read: (marker) => host.apply({ type: 'read', ...marker }),
      message: (message) => this.#frame({ type: 'message', message }, message.conversationId),
      conversation: (conversation) => this.#frame({ type: 'conversation', conversation }, conversation.id),
      heads: (heads) => {
        host.apply({ type: 'heads', heads });
        for (const { conversationId } of heads) this.#catchUpSoon(conversationId);
      },
    });
  }

  async watch(conversationId: string): Promise<void> {
    this.#watching.add(conversationId);
    if (this.#status === 'live') await this.#watchNow(conversationId);
  }

  unwatch(conversationId: string): void {
    this.#watching.delete(conversationId);
    this.#watched.delete(conversationId);
    this.#socket.unwatch({ conversationId });
  }

  typing(conversationId: string, typing: boolean, note: boolean): void {
    this.#socket.typing({ conversationId, typing, ...(note ? { note } : {}) });
  }

  /** Tells teammates whether the person is idle. */
  idle(idle: boolean): void {
    this.#idle = idle;
    this.#socket.idle({ idle });
  }

  /** Shows the outage that an HTTP answer reported, and resumes when the database is back. */
  async reportAway(): Promise<void> {
    if (this.#status !== 'live') return;
    this.#setStatus('away');
    await untilReachable(api.getMe, this.#closed.signal);
    if (!this.#closed.signal.aborted && this.#isAway()) await this.#resume();
  }

  close(): void {
    this.#closed.abort();
    this.#socket.close();
  }

  async #resume(): Promise<void> {
    const connection = ++this.#connection;
    if (this.#idle) this.#socket.idle({ idle: true });
    if (this.#status !== 'connecting') this.#setStatus('catchingUp');
    this.#watched.clear();
    await this.#refreshList();
    for (const id of this.#watching) await this.#watchNow(id);
    if (connection === this.#connection) this.#setStatus('live');
    // Conversations opened during the catch-up.
    for (const id of this.#watching) if (!this.#watched.has(id)) await this.#watchNow(id);
  }

  #lose(): void {
    this.#connection += 1;
    if (this.#status === 'live') this.#liveUntil = this.#host.now();
    this.#watched.clear();
    this.#host.connectionLost();
    this.#host.apply({ type: 'disconnected' });
    if (this.#status !== 'connecting') this.#setStatus('lost');
  }

  async #checkSession(): Promise<void> {
    const answer = await untilReachable(api.getMe, this.#closed.signal);
    if (this.#closed.signal.aborted) return;
    if (!answer.ok && answer.problem.code === 'unauthenticated') this.#host.signedOut();
    else setTimeout(() => !this.#closed.signal.aborted && this.#socket.reconnect(), 1_000);
  }

  /** Fetches every conversation that changed since the view was last live. */
  async #refreshList(): Promise<void> {
    if (this.#liveUntil === null) return;
    const updatedSince = new Date(this.#liveUntil - MARGIN_MS).toISOString();
    let cursor: string | undefined;
    do {
      const query = { updatedSince, cursor, limit: PAGE };
      const answer = await untilReachable(() => api.listConversations({ query }), this.#closed.signal);
      if (!answer.ok) return;
      this.#host.apply({ type: 'listed', conversations: answer.data.items });
      cursor = answer.data.nextCursor ?? undefined;
    } while (cursor !== undefined);
  }

  async #watchNow(conversationId: string): Promise<void> {
    const connection = this.#connection;
    const answer = await this.#socket.watch({
      conversationId,
      afterSeq: watchedUpTo(this.#host.view(), conversationId),
    });
    if (connection !== this.#connection || !this.#watching.has(conversationId) || !answer?.ok) return;
    const { conversation, messages, presence } = answer;
    this.#host.apply({ type: 'watched', conversation, messages, presence });
    await this.#catchUp(conversationId);
    if (connection === this.#connection) this.#watched.add(conversationId);
  }

  #frame(event: InboxEvent, conversationId: string): void {
    this.#host.apply(event);
    this.#catchUpSoon(conversationId);
  }

  #catchUpSoon(conversationId: string): void {
    if (!behind(this.#host.view(), conversationId)) return;
    setTimeout(() => void this.#catchUp(conversationId), PATIENCE_MS);
  }

  async #catchUp(conversationId: string): Promise<void> {
    if (this.#fetching.has(conversationId)) return;
    this.#fetching.add(conversationId);
    try {
      // More changes may come during the fetch. The next `heads` frame reports a gap that remains.
      for (let round = 0, gap = this.#gap(conversationId); gap && round < ROUNDS; round += 1) {
        // Read the conversation first: a change between the two answers is then in the second.
        const conversation = await this.#read(conversationId);
        const messages = conversation && (await readChangedMessages(conversationId, gap, this.#closed.signal));
        if (!conversation || !messages) return;
        this.#host.apply({ type: 'caughtUp', conversation, messages, sinceRevision: gap.sinceRevision });
        gap = this.#gap(conversationId);
      }
    } finally {
      this.#fetching.delete(conversationId);
    }
  }

  #gap(conversationId: string): ReturnType<typeof behind> {
    return this.#closed.signal.aborted ? null : behind(this.#host.view(), conversationId);
  }

  async #read(conversationId: string): Promise<Conversation | null> {
    const answer = await untilReachable(() => api.getConversation({ id: conversationId }), this.#closed.signal);
    return answer.ok ? answer.data : null;
  }

  #isAway(): boolean {
    return this.#status === 'away';
  }

  #setStatus(status: ConnectionStatus): void {
    this.#status = status;
    this.#host.status(status);
  }
}
