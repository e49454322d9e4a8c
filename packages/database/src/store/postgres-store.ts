import type { Ms } from '@baton/conversation';
import type { Message } from '@baton/protocol';
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
} from '@baton/runtime';
import type { Sql } from '../connect.ts';
import { claimSends, releaseSends } from './claim-sends.ts';
import { commit } from './commit.ts';
import { type Renewal, renewLeases } from './renew-leases.ts';
import { load } from './load.ts';
import { markDeliveries } from './mark-deliveries.ts';
import { findSent, saveDraft, quarantine, readMessage, readTranscripts } from './records.ts';
import { claimReplies, releaseReplies, renewReplies } from './replies.ts';
import { toMs } from './sql-fragments.ts';
import { run } from './statement.ts';
import { claimDue, postpone } from './wakes.ts';

/** The runtime's store on PostgreSQL. `sql` is the client of the hot path, `connect().sql`. */
export class PostgresStore implements Store {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async now(): Promise<Ms> {
    const [row] = await run<{ now: number }>(this.#sql, `select ${toMs('clock_timestamp()')} as now`, []);
    return row?.now ?? 0;
  }

  async commit(items: CommitItem[]): Promise<CommitResult> {
    if (items.length === 0) return { verdicts: [], now: await this.now() };
    return await commit(this.#sql, items);
  }

  load(keys: ConversationKey[]): Promise<(StoredConversation | null)[]> {
    return load(this.#sql, keys);
  }

  renewLeases(renewals: Renewal[]): Promise<boolean[]> {
    return renewLeases(this.#sql, renewals);
  }

  claimDue(limit: number): Promise<StoredConversation[]> {
    return claimDue(this.#sql, limit);
  }

  postpone(key: ConversationKey, revision: number, wakeAt: Ms | null): Promise<void> {
    return postpone(this.#sql, key, revision, wakeAt);
  }

  claimReplies(worker: string, limit: number, leaseMs: number): Promise<ReplyJob[]> {
    return claimReplies(this.#sql, worker, limit, leaseMs);
  }

  renewReplies(worker: string, jobs: ReplyJob[], leaseMs: number): Promise<boolean[]> {
    return renewReplies(this.#sql, worker, jobs, leaseMs);
  }

  releaseReplies(worker: string, jobs: ReplyJob[]): Promise<void> {
    return releaseReplies(this.#sql, worker, jobs);
  }

  claimSends(worker: string, limit: number, leaseMs: number, onLost?: (lost: LostSend) => void): Promise<SendJob[]> {
    return claimSends(this.#sql, worker, limit, leaseMs, onLost);
  }

  releaseSends(worker: string, keys: ConversationKey[]): Promise<void> {
    return releaseSends(this.#sql, worker, keys);
  }

  markDeliveries(marks: DeliveryMark[]): Promise<(Message | null)[]> {
    return markDeliveries(this.#sql, marks);
  }

  saveDraft(draft: Draft): Promise<void> {
    return saveDraft(this.#sql, draft);
  }

  readMessage(key: ConversationKey, messageId: string): Promise<Message | null> {
    return readMessage(this.#sql, key, messageId);
  }

  findSent(key: ConversationKey, externalId: string): Promise<{ own: Message | null; undecided: boolean }> {
    return findSent(this.#sql, key, externalId);
  }

  readTranscripts(keys: ConversationKey[], limit: number): Promise<Message[][]> {
    return readTranscripts(this.#sql, keys, limit);
  }

  quarantine(key: ConversationKey, detail: string): Promise<void> {
    return quarantine(this.#sql, key, detail);
  }
}
