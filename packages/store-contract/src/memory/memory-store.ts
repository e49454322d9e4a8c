import { initialSnapshot, LEASE_MS, type Ms, type Rules, view } from '@baton/conversation';
import type { Message, Person } from '@baton/protocol';
import type {
  CommitItem,
  CommitResult,
  ConversationKey,
  DeliveryMark,
  Draft,
  LostSend,
  ReplyJob,
  SendJob,
  Store,
  StoredConversation,
  Verdict,
} from '@baton/runtime';
import { apply, preventingVerdict } from './commit.ts';
import { applyMark, claimHead } from './lanes.ts';
import { type ConversationRow, isLive, type MessageRow, toStored } from './rows.ts';

export interface MemoryStoreOptions {
  /** The database's clock. */
  now(): Ms;
  /** Runs before and after each operation. A test may wait in it, or throw like a lost connection. */
  seam?: (moment: 'before' | 'after', operation: keyof Store) => Promise<void> | void;
}

export interface MemoryConversation {
  key: ConversationKey;
  channelId: string;
  channelKind: string;
  /** The customer's id at the channel. */
  recipient: string;
  customer: Person;
  agentId: string;
}

/** A due conversation is claimed by one timer worker for so long. */
const DUE_CLAIM_MS = 3_000;

/** A store without a database, for tests and simulations. It passes the contract suite. */
export class MemoryStore implements Store {
  readonly #rows = new Map<string, ConversationRow>();
  readonly #rules = new Map<string, Rules>();
  /** Channel -> the provider's id -> message. */
  readonly #inbound = new Map<string, Map<string, MessageRow>>();
  readonly #options: MemoryStoreOptions;

  constructor(options: MemoryStoreOptions) {
    this.#options = options;
  }

  // For tests, beyond the port

  setRules(agentId: string, rules: Rules): void {
    this.#rules.set(agentId, rules);
    for (const row of this.#rows.values()) {
      const isConcerned = row.wakeAt !== null || row.view.waitingSince !== null;
      if (row.agentId !== agentId || !isConcerned) continue;
      row.wakeAt = Math.min(row.wakeAt ?? Infinity, this.#options.now());
      row.dueClaimedUntil = 0;
    }
  }

  rulesOf(agentId: string): Rules {
    const rules = this.#rules.get(agentId);
    if (!rules) throw new Error(`there is no agent ${agentId}`);
    return rules;
  }

  addConversation(conversation: MemoryConversation): void {
    const { agentId } = conversation;
    const snapshot = initialSnapshot({ agentId, rules: this.rulesOf(agentId) });
    this.#rows.set(nameOf(conversation.key), {
      ...conversation,
      createdAt: this.#options.now(),
      version: 0,
      revision: 0,
      snapshot,
      view: view(snapshot),
      leases: {},
      messages: [],
      transitions: [],
      drafts: [],
      wakeAt: null,
      dueClaimedUntil: 0,
      replyClaim: null,
      laneClaim: null,
      quarantined: null,
    });
  }

  /** The row itself, for assertions. */
  row(key: ConversationKey): ConversationRow {
    const row = this.#rows.get(nameOf(key));
    if (!row) throw new Error(`there is no conversation ${key.conversationId}`);
    return row;
  }

  // The port

  now(): Promise<Ms> {
    return this.#run('now', (now) => now);
  }

  load(keys: ConversationKey[]): Promise<(StoredConversation | null)[]> {
    return this.#run('load', () =>
      keys.map((key) => {
        const row = this.#rows.get(nameOf(key));
        return row ? this.#toStored(row) : null;
      }),
    );
  }

  commit(items: CommitItem[]): Promise<CommitResult> {
    return this.#run('commit', (now) => ({ verdicts: items.map((item) => this.#commitOne(item, now)), now }));
  }

  #commitOne(item: CommitItem, now: Ms): Verdict {
    const row = this.#rows.get(nameOf(item.key));
    if (!row) return { kind: 'missing' };
    const channel = `${row.key.workspaceId} ${row.channelId}`;
    const inbound = this.#inbound.get(channel) ?? new Map<string, MessageRow>();
    const prevented = preventingVerdict(item, row, { now, rules: this.#rules.get(item.agentId), inbound });
    if (prevented) return prevented;
    const verdict = apply(item, row, now);
    for (const it of row.messages.slice(row.messages.length - item.messages.length)) {
      if (it.externalId !== null) inbound.set(it.externalId, it);
    }
    this.#inbound.set(channel, inbound);
    return verdict;
  }

  renewLeases(renewals: { key: ConversationKey; leaseId: string }[]): Promise<boolean[]> {
    return this.#run('renewLeases', (now) =>
      renewals.map(({ key, leaseId }) => {
        const leases = this.#rows.get(nameOf(key))?.leases;
        if (!leases || (leases[leaseId] ?? 0) <= now) return false;
        leases[leaseId] = now + LEASE_MS;
        return true;
      }),
    );
  }

  claimDue(limit: number): Promise<StoredConversation[]> {
    return this.#run('claimDue', (now) => {
      const due = [...this.#rows.values()]
        .filter((row) => row.wakeAt !== null && row.wakeAt <= now)
        .filter((row) => row.dueClaimedUntil <= now && row.quarantined === null)
        .toSorted((a, b) => (a.wakeAt ?? 0) - (b.wakeAt ?? 0))
        .slice(0, limit);
      for (const row of due) row.dueClaimedUntil = now + DUE_CLAIM_MS;
      return due.map((row) => this.#toStored(row));
    });
  }

  postpone(key: ConversationKey, revision: number, wakeAt: Ms | null): Promise<void> {
    return this.#run('postpone', (now) => {
      const row = this.#rows.get(nameOf(key));
      if (row?.revision !== revision || row.dueClaimedUntil <= now) return;
      row.wakeAt = wakeAt;
      row.dueClaimedUntil = 0;
    });
  }

  claimReplies(worker: string, limit: number, leaseMs: Ms): Promise<ReplyJob[]> {
    return this.#run('claimReplies', (now) => {
      const jobs: ReplyJob[] = [];
      for (const row of this.#rows.values()) {
        const { generation } = row.view;
        if (jobs.length === limit) break;
        if (!generation || row.quarantined !== null || isLive(row.replyClaim, now)) continue;
        row.replyClaim = { worker, until: now + leaseMs };
        const { turn, deadlineAt } = generation;
        jobs.push({ key: row.key, turn, agentId: row.agentId, deadlineAt });
      }
      return jobs;
    });
  }

  renewReplies(worker: string, jobs: ReplyJob[], leaseMs: Ms): Promise<boolean[]> {
    return this.#run('renewReplies', (now) =>
      jobs.map((job) => {
        const row = this.#replyHeldBy(worker, job);
        if (row) row.replyClaim = { worker, until: now + leaseMs };
        return row !== null;
      }),
    );
  }

  releaseReplies(worker: string, jobs: ReplyJob[]): Promise<void> {
    return this.#run('releaseReplies', () => {
      for (const job of jobs) {
        const row = this.#replyHeldBy(worker, job);
        if (row) row.replyClaim = null;
      }
    });
  }

  #replyHeldBy(worker: string, job: ReplyJob): ConversationRow | null {
    const row = this.#rows.get(nameOf(job.key));
    const isHeld = row?.view.generation?.turn === job.turn && row.replyClaim?.worker === worker;
    return isHeld ? row : null;
  }

  claimSends(worker: string, limit: number, leaseMs: Ms, onLost?: (lost: LostSend) => void): Promise<SendJob[]> {
    return this.#run('claimSends', (now) => {
      const jobs: SendJob[] = [];
      for (const row of this.#rows.values()) {
        if (jobs.length === limit) break;
        const { job, lost } = claimHead(row, now, worker, leaseMs);
        if (job) jobs.push(job);
        for (const { message } of lost) if (message.delivery === 'uncertain') onLost?.({ key: row.key, message });
      }
      return jobs;
    });
  }

  releaseSends(worker: string, keys: ConversationKey[]): Promise<void> {
    return this.#run('releaseSends', () => {
      for (const key of keys) {
        const row = this.#rows.get(nameOf(key));
        if (row?.laneClaim?.worker === worker) row.laneClaim = null;
      }
    });
  }

  markDeliveries(marks: DeliveryMark[]): Promise<(Message | null)[]> {
    return this.#run('markDeliveries', (now) =>
      marks.map((mark) => {
        const row = this.#rows.get(nameOf(mark.key));
        return row ? applyMark(mark, row, now) : null;
      }),
    );
  }

  findSent(key: ConversationKey, externalId: string): Promise<{ own: Message | null; undecided: boolean }> {
    return this.#run('findSent', () => {
      const sent = (this.#rows.get(nameOf(key))?.messages ?? []).filter(({ message }) => message.delivery !== null);
      const own = sent.find((it) => it.providerId === externalId || it.message.id === externalId);
      const undecided = sent.some(({ message: { delivery } }) => delivery === 'sending' || delivery === 'uncertain');
      return { own: own?.message ?? null, undecided };
    });
  }

  saveDraft(draft: Draft): Promise<void> {
    return this.#run('saveDraft', () => {
      const drafts = this.#rows.get(nameOf(draft.key))?.drafts;
      const known = drafts?.findIndex((it) => it.turn === draft.turn) ?? -1;
      drafts?.splice(known < 0 ? drafts.length : known, 1, draft);
    });
  }

  readMessage(key: ConversationKey, messageId: string): Promise<Message | null> {
    return this.#run('readMessage', () => {
      const row = this.#rows.get(nameOf(key));
      return row?.messages.find(({ message }) => message.id === messageId)?.message ?? null;
    });
  }

  readTranscripts(keys: ConversationKey[], limit: number): Promise<Message[][]> {
    return this.#run('readTranscripts', () =>
      keys.map((key) => (this.#rows.get(nameOf(key))?.messages ?? []).slice(-limit).map((it) => it.message)),
    );
  }

  quarantine(key: ConversationKey, detail: string): Promise<void> {
    return this.#run('quarantine', () => {
      const row = this.#rows.get(nameOf(key));
      if (row) row.quarantined ??= detail;
    });
  }

  /** Every operation is atomic between its seams, as a transaction is. */
  async #run<T>(operation: keyof Store, work: (now: Ms) => T): Promise<T> {
    await this.#options.seam?.('before', operation);
    const result = work(this.#options.now());
    await this.#options.seam?.('after', operation);
    return result;
  }

  #toStored(row: ConversationRow): StoredConversation {
    return toStored(row, this.rulesOf(row.agentId));
  }
}

function nameOf(key: ConversationKey): string {
  return `${key.workspaceId} ${key.conversationId}`;
}
