import { loadSnapshot, nextDeadline, type PendingReply, type Rules, type Snapshot, step } from '@baton/conversation';
import { checkInvariants } from '@baton/conversation/testing';

import { isDeepStrictEqual } from 'node:util';
import { count, type Tally } from '../tally.ts';
import type { Broken } from './broken.ts';
import { DeliveryCheck } from './delivery-check.ts';
import { Oracle } from './oracle.ts';
import type { ConversationRow } from './rows.ts';

/** A node's clock estimate is ahead of the database's clock by at most this. */
export const DRIFT_MS = 20;

/** Checks the changes of one conversation's row after every store call. */
export class RowCheck {
  readonly deliveries: DeliveryCheck;
  readonly #row: () => ConversationRow;
  /** The agent's current rules, which may be newer than the commit's. */
  readonly #rules: () => Rules;
  readonly #broken: Broken;
  readonly #tally: Tally;
  readonly #oracle = new Oracle();
  #replayed: Snapshot;
  #revision = 0;
  #version = 0;
  #lastAt = 0;
  /** Lease expiries including renewals, which raise no revision. */
  #leases: Record<string, number> = {};

  constructor(row: () => ConversationRow, rules: () => Rules, broken: Broken, tally: Tally) {
    this.#row = row;
    this.#rules = rules;
    this.#broken = broken;
    this.#tally = tally;
    this.deliveries = new DeliveryCheck(broken, tally);
    this.#replayed = loadSnapshot(row().snapshot);
  }

  look(now: number): void {
    const row = this.#row();
    const leases = this.#leases;
    this.#leases = { ...row.leases };
    if (row.revision === this.#revision && row.version === this.#version) return;
    this.#revision = row.revision;
    const news = row.transitions.slice(this.#version);
    for (const transition of news) this.#judge(transition, leases, now);
    if (this.#version !== row.version) this.#broken(`[TIME-3] version ${row.version} after ${this.#version} events`);
    if (news.length > 0) this.#judgeSnapshot(row, news, now);
    this.deliveries.look(row, news, now);
  }

  #judge(transition: ConversationRow['transitions'][number], leases: Record<string, number>, now: number): void {
    const { event, version, from, to, fromLeaf, toLeaf, at } = transition;
    this.#version += 1;
    count(this.#tally, 'events', event.type);
    count(this.#tally, 'transitions', `${from} -> ${to}`);
    if (version !== this.#version) this.#broken(`[TIME-3] version ${version} is the ${this.#version}. event`);
    if (at < this.#lastAt) this.#broken('[TIME-1] time goes back');
    if (at > now + DRIFT_MS) this.#broken(`[TIME-1] ${event.type} is ${at - now} ms in the future`);
    this.#lastAt = at;

    const before = this.#replayed;
    const facts = before.context;
    const due = nextDeadline({ ...before, context: { ...facts, leases: [] } });
    if (event.type !== 'deadline.passed' && event.type !== 'rules.changed' && due !== null && due <= at) {
      this.#broken(`[TIME-1] ${event.type} is applied before a deadline that was due`);
    }
    const verdict = this.#oracle.judge(transition, facts.rules);
    if (verdict !== null) this.#broken(verdict);
    try {
      const taken = step(before, event);
      checkInvariants(taken);
      this.#replayed = taken.after;
      if (fromLeaf !== before.value || toLeaf !== taken.after.value) {
        this.#broken(`[TIME-3] ${event.type} is stored as ${fromLeaf} to ${toLeaf}, and led to ${taken.after.value}`);
      }
      const left = new Set(taken.after.context.leases.map(({ id }) => id));
      const ended = facts.leases.filter(({ id }) => event.type === 'deadline.passed' && !left.has(id));
      if (ended.some(({ id }) => (leases[id] ?? 0) > now + DRIFT_MS)) {
        this.#broken('[HOLD-4] a lease ends as overdue although it has been renewed');
      }
    } catch (error) {
      this.#broken(error instanceof Error ? error.message : String(error));
    }
    this.#forgets(facts.inFlight);
    const { generation } = this.#replayed.context;
    if (generation) this.#oracle.generationStarted(generation.turn, version);
  }

  /** A conversation can no longer learn a reply's outcome once another reply is in flight (TURN-6). */
  #forgets(before: PendingReply | null): void {
    if (before === null || before.messageId === this.#replayed.context.inFlight?.messageId) return;
    const waiting = new Set(this.#replayed.context.waiting.map(({ seq }) => seq));
    const { delivery = null } =
      this.#row().messages.find(({ message }) => message.id === before.messageId)?.message ?? {};
    const isUnsent = delivery === 'queued' || delivery === 'withheld' || delivery === 'failed';
    if (isUnsent && before.covers.some(({ seq }) => !waiting.has(seq))) {
      this.#broken(`[TURN-6] a reply that is ${delivery} is forgotten, and what it had answered does not wait again`);
    }
  }

  #judgeSnapshot(row: ConversationRow, news: ConversationRow['transitions'], now: number): void {
    if (!isDeepStrictEqual(this.#replayed, row.snapshot)) {
      this.#broken('[TIME-3] replaying the event log does not give the stored snapshot');
    }
    const isHeldByAgent = row.view.state === 'agentActive';
    if ((row.view.agentEpoch !== null) !== isHeldByAgent) this.#broken('[HOLD-2] the fence is not as the state says');
    const { closing } = this.#replayed.context;
    const rules = this.#rules();
    const speaks = news.some(
      ({ event }) =>
        (event.type === 'reply.ready' && event.messageId !== null) ||
        (event.type === 'reply.claimed' && event.messageId !== closing?.messageId),
    );
    if (!speaks) return;
    count(this.#tally, 'checks', 'the agent speaks');
    const isTyping = Object.values(row.leases).some((expiresAt) => expiresAt > now + DRIFT_MS);
    if (rules.muteWhenHumanActive && isTyping) this.#broken('[HOLD-2] the agent speaks although a person is typing');
    if (rules.paused) this.#broken('[HOLD-18] the agent speaks although it is paused');
  }
}
