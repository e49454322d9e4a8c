import type { Conversation } from '@baton/protocol';
import { SvelteSet } from 'svelte/reactivity';
import type { Rejected } from '@baton/client';
import { api } from '../api/client.ts';
import { untilReachable } from '../api/until-reachable.ts';
import { inHeldOrder } from './list/held-order.ts';
import { queryOf, rowsOf } from './list/list-filter.ts';
import type { ListFilter } from './list/list-filter.ts';
import type { InboxState } from './inbox.svelte.ts';

const PAGE = 50;

/** The list under one filter: pages from the server, updated by live frames. */
export class ConversationListState {
  readonly #inbox: InboxState;
  readonly #filter: () => ListFilter;
  loading = $state(true);
  problem = $state<Rejected | null>(null);
  nextCursor = $state<string | null>(null);
  readonly #found = new SvelteSet<string>();
  #stop = new AbortController();
  /** The frozen order while someone reads further down; null at the top, where the order is live. */
  #held = $state.raw<readonly string[] | null>(null);
  // Presence and threads change far more often than conversations: they must not sort thousands of rows again.
  readonly #conversations = $derived.by(() => this.#inbox.view.conversations);
  #before: readonly Conversation[] = [];
  readonly #fresh = $derived.by(() => {
    const view = { conversations: this.#conversations };
    return (this.#before = rowsOf(view, this.#filter(), this.#found, this.#inbox.meId, this.#before));
  });
  readonly #shown = $derived.by(() =>
    this.#held === null ? { rows: this.#fresh, newer: 0 } : inHeldOrder(this.#held, this.#fresh),
  );
  readonly rows = $derived.by(() => this.#shown.rows);
  /** Number of conversations newer than the first row, while the order is frozen. */
  readonly newer = $derived.by(() => this.#shown.newer);

  constructor(inbox: InboxState, filter: () => ListFilter) {
    this.#inbox = inbox;
    this.#filter = filter;
  }

  /** Known rows stay while the request runs. */
  async load(filter: ListFilter): Promise<void> {
    this.#stop.abort();
    this.#stop = new AbortController();
    this.#found.clear();
    this.#held = null;
    this.nextCursor = null;
    await this.#loadPage(filter, undefined);
  }

  /** Freezes the order while someone reads further down. */
  hold(on: boolean): void {
    if (on) this.#held ??= this.#fresh.map(({ id }) => id);
    else this.#held = null;
  }

  async loadMore(): Promise<void> {
    if (this.nextCursor !== null && !this.loading) await this.#loadPage(this.#filter(), this.nextCursor);
  }

  close(): void {
    this.#stop.abort();
  }

  async #loadPage(filter: ListFilter, cursor: string | undefined): Promise<void> {
    const { signal } = this.#stop;
    this.loading = true;
    const query = { ...queryOf(filter), cursor, limit: PAGE };
    const answer = this.#inbox.noteFailure(
      await untilReachable(() => api.listConversations({ query }, { signal }), signal),
    );
    if (signal.aborted) return;
    this.loading = false;
    this.problem = answer.ok ? null : answer;
    if (!answer.ok) return;
    this.#inbox.apply({ type: 'listed', conversations: answer.data.items });
    if (filter.q.trim() !== '') for (const { id } of answer.data.items) this.#found.add(id);
    this.nextCursor = answer.data.nextCursor;
  }
}
