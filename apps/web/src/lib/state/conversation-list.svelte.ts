import { SvelteSet } from 'svelte/reactivity';
import { listConversations } from '../api/conversations.ts';
import type { Refused } from '../api/request.ts';
import { untilReachable } from '../api/until-reachable.ts';
import { queryOf, rowsOf } from '../features/inbox-list/list-filter.ts';
import type { ListFilter } from '../features/inbox-list/list-filter.ts';
import type { InboxState } from './inbox.svelte.ts';

const PAGE = 50;

/** The list under one filter: pages from the server, then kept right by live frames. */
export class ConversationListState {
  readonly #inbox: InboxState;
  readonly #filter: () => ListFilter;
  loading = $state(true);
  problem = $state<Refused | null>(null);
  nextCursor = $state<string | null>(null);
  readonly #found = new SvelteSet<string>();
  #stop = new AbortController();
  readonly rows = $derived.by(() => rowsOf(this.#inbox.view, this.#filter(), this.#found, this.#inbox.meId));

  constructor(inbox: InboxState, filter: () => ListFilter) {
    this.#inbox = inbox;
    this.#filter = filter;
  }

  /** Rows that are known already stay while the server is asked. */
  async load(filter: ListFilter): Promise<void> {
    this.#stop.abort();
    this.#stop = new AbortController();
    this.#found.clear();
    this.nextCursor = null;
    await this.#loadPage(filter, undefined);
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
    const answer = this.#inbox.heed(await untilReachable(() => listConversations(query, signal), signal));
    if (signal.aborted) return;
    this.loading = false;
    this.problem = answer.ok ? null : answer;
    if (!answer.ok) return;
    this.#inbox.apply({ type: 'listed', conversations: answer.data.items });
    if (filter.q.trim() !== '') for (const { id } of answer.data.items) this.#found.add(id);
    this.nextCursor = answer.data.nextCursor;
  }
}
