import type { Rules } from '@baton/conversation';
import { type Conversation, IDEMPOTENT_CHANNELS, type Message } from '@baton/protocol';
import type { ConversationKey, SendJob } from '@baton/runtime';
import { isDeepStrictEqual } from 'node:util';
import { count, type Tally } from '../tally.ts';
import { DRIFT_MS, RowCheck } from './row-check.ts';
import type { ConversationRow, MessageRow } from './rows.ts';
import type { Receipt } from './receipt.ts';

/** A sender that wakes later than this after its claim must not send (SEND-4). */
const CLAIM_VALID_MS = 2_000;

interface Watched {
  key: ConversationKey;
  row(): ConversationRow;
  check: RowCheck;
  /** The stored conversation at each revision, to compare with published ones. */
  shown: Map<number, Pick<Conversation, 'state' | 'version' | 'lastSeq'>>;
  messages: Map<string, Message>;
  lastArrived: number;
}

/** Checks the store after every call, every call of a channel, and everything that is published. */
export class Observer {
  broken: string | null = null;
  readonly #watched: Watched[];
  readonly #tally: Tally;
  readonly #now: () => number;
  /** Messages that may have arrived. */
  readonly #mayHave = new Set<string>();
  readonly #arrived = new Set<string>();
  /** The handover of each message that its mark hands over. */
  readonly #listed = new Map<string, () => void>();

  constructor(rows: (() => ConversationRow)[], rules: () => Rules, now: () => number, tally: Tally) {
    this.#now = now;
    this.#tally = tally;
    this.#watched = rows.map((row) => ({
      key: row().key,
      row,
      check: new RowCheck(row, rules, (what) => this.breaks(what), tally),
      shown: new Map(),
      messages: new Map(),
      lastArrived: 0,
    }));
  }

  breaks(what: string): void {
    this.broken ??= what;
  }

  look(_after: string): void {
    for (const { row: find, check, shown, messages } of this.#watched) {
      check.look(this.#now());
      const row = find();
      const { state, lastSeq } = row.view;
      shown.set(row.revision, { state, version: row.version, lastSeq });
      for (const { message } of row.messages) messages.set(`${message.id} ${message.revision}`, message);
      for (const it of row.messages) {
        const { id, delivery } = it.message;
        if (delivery === 'sent') this.#handOver(it, row);
        const isCalledUnsent = delivery === 'withheld' || delivery === 'failed' || delivery === 'queued';
        if (isCalledUnsent && this.#arrived.has(id)) {
          this.breaks(`[SEND-4] a message is ${delivery} although the customer has got it`);
        }
      }
    }
  }

  /** Registers a message that its `sent` mark hands over. */
  listed(messageId: string, arrive: () => void): void {
    this.#listed.set(messageId, arrive);
  }

  #handOver({ message: { id, author, seq }, epoch }: MessageRow, { view }: ConversationRow): void {
    const arrive = this.#listed.get(id);
    if (!arrive) return;
    this.#listed.delete(id);
    count(this.#tally, 'checks', 'a mark hands a message over');
    const mayGoOut = author.kind !== 'agent' || view.agentEpoch === epoch || view.closingSeq === seq;
    if (!mayGoOut) this.breaks('[HOLD-2] a mark hands an agent message over although a person holds');
    arrive();
  }

  called({ key, message, channelKind }: SendJob): void {
    const watched = this.#find(key);
    const { id, author } = message;
    this.#listed.delete(id);
    count(this.#tally, 'checks', `a channel is called for ${author.kind === 'agent' ? 'an agent' : 'a person'}`);
    const claimedAt = watched.check.deliveries.claimedAt.get(id);
    if (claimedAt === undefined) {
      this.breaks('[SEND-3] a message is sent that was never claimed');
    } else if (this.#now() - claimedAt > CLAIM_VALID_MS + DRIFT_MS) {
      this.breaks(`[SEND-4] a message is sent ${this.#now() - claimedAt} ms after its claim`);
    }
    if (this.#mayHave.has(id)) {
      count(this.#tally, 'checks', 'a message is sent again');
      if (!IDEMPOTENT_CHANNELS.includes(channelKind)) {
        this.breaks('[SEND-4] a message that may have arrived is sent again on a channel that would show it twice');
      }
    }
    this.#mayHave.add(id);
  }

  /** The channel reported that the message has not arrived. */
  refused(messageId: string): void {
    if (!this.#arrived.has(messageId)) this.#mayHave.delete(messageId);
  }

  arrived({ messageId, conversationId, seq }: Receipt): void {
    if (this.#arrived.has(messageId)) return;
    this.#arrived.add(messageId);
    const watched = this.#watched.find(({ key }) => key.conversationId === conversationId);
    if (!watched) return this.breaks('[SEE-5] a message arrives in a conversation that is not there');
    if (seq < watched.lastArrived) this.breaks(`[SEND-5] message ${seq} arrives after message ${watched.lastArrived}`);
    watched.lastArrived = Math.max(watched.lastArrived, seq);
    this.look('arrival');
  }

  /** Published data must equal the database at that revision (SEE-3), of this conversation only (SEE-5). */
  shown(key: ConversationKey, conversation: Conversation | null, messages: Message[]): void {
    const { shown, messages: known } = this.#find(key);
    count(this.#tally, 'checks', 'people are shown something');
    if (conversation) {
      const { state, version, lastSeq, revision, id } = conversation;
      const stored = shown.get(revision);
      if (id !== key.conversationId) this.breaks('[SEE-5] people are shown another conversation');
      if (stored && !isDeepStrictEqual(stored, { state, version, lastSeq })) {
        this.breaks(`[SEE-3] people are shown ${state} at revision ${revision}, the database had ${stored.state}`);
      }
    }
    for (const message of messages) {
      if (message.conversationId !== key.conversationId)
        this.breaks('[SEE-5] a message of another conversation is shown');
      const stored = known.get(`${message.id} ${message.revision}`);
      if (stored && !isDeepStrictEqual(stored, message)) this.breaks('[SEE-3] a message is shown as it never was');
    }
  }

  #find(key: ConversationKey): Watched {
    const watched = this.#watched.find((it) => it.key.conversationId === key.conversationId);
    if (watched?.key.workspaceId !== key.workspaceId) throw new Error('[SEE-5] a conversation of nowhere');
    return watched;
  }
}
