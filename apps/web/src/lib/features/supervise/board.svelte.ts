import type { Agent, Channel } from '@baton/protocol';
import type { Rejected } from '@baton/client';
import { api } from '../../api/client.ts';
import { untilReachable } from '../../api/until-reachable.ts';
import type { InboxState } from '../../inbox/inbox.svelte.ts';
import { boardOf, COLUMNS } from './board.ts';
import type { BoardFilter, BoardView } from './board.ts';

const NONE: BoardView['known'] = { agentActive: 0, humanActive: 0, humanPriorityWindow: 0, agentDisabled: 0 };

/** Delay before the board is read again because an unknown conversation changed. */
const RECOUNT_MS = 2_000;

/** The board under one filter: read once, then updated by live frames. */
export class BoardState {
  readonly inbox: InboxState;
  readonly #filter: () => BoardFilter;
  agents = $state.raw<Agent[]>([]);
  channels = $state.raw<Channel[]>([]);
  loaded = $state(false);
  problem = $state.raw<Rejected | null>(null);
  readonly board: BoardView = $derived.by(() =>
    boardOf(this.inbox.view.conversations.values(), this.inbox.view.presence, this.#filter(), this.inbox.meId),
  );
  /** By state, how many conversations the server left out. */
  hidden = $state.raw(NONE);
  readonly leavesOut: boolean = $derived.by(() => COLUMNS.some((column) => this.hidden[column] > 0));
  #stop = new AbortController();
  #recount: ReturnType<typeof setTimeout> | undefined;

  constructor(inbox: InboxState, filter: () => BoardFilter) {
    this.inbox = inbox;
    this.#filter = filter;
  }

  async load({ agentId, channelId }: BoardFilter): Promise<void> {
    this.#stop.abort();
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    const query = { agentId: agentId ?? undefined, channelId: channelId ?? undefined };
    const answer = this.inbox.noteFailure(await untilReachable(() => api.getBoard({ query }, { signal }), signal));
    if (signal.aborted) return;
    this.problem = answer.ok ? null : answer;
    if (!answer.ok) return;
    this.inbox.apply({ type: 'list', entries: answer.data.items });
    const { counts } = answer.data;
    const { known } = this.board;
    const hidden = { ...NONE };
    for (const column of COLUMNS) hidden[column] = Math.max(0, counts[column] - known[column]);
    this.hidden = hidden;
    this.loaded = true;
  }

  /** Names for filters and cards; the board works without them. */
  async loadNames(): Promise<void> {
    const [agents, channels] = await Promise.all([api.listAgents(), api.listChannels()]);
    if (agents.ok) this.agents = agents.data.items;
    if (channels.ok) this.channels = channels.data.items;
  }

  recountSoon(): void {
    this.#recount ??= setTimeout(() => {
      this.#recount = undefined;
      void this.load(this.#filter());
    }, RECOUNT_MS);
  }

  close(): void {
    this.#stop.abort();
    clearTimeout(this.#recount);
  }
}
