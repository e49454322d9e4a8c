import type { Cause, Person } from '@baton/protocol';
import {
  advance,
  initialSnapshot,
  LEASE_MS,
  nextDeadline,
  NO_RULES,
  SYSTEM,
  view,
  type ConversationEvent,
  type Effect,
  type Rules,
  type Snapshot,
} from '../src/index.ts';

export const ADA: Person = { id: 'ada', name: 'Ada' };
export const BEN: Person = { id: 'ben', name: 'Ben' };
export const AGENT: Cause = { kind: 'agent', id: 'agent', name: 'Robin' };
const CUSTOMER: Cause = { kind: 'customer', id: 'customer', name: 'Cleo' };
const EXTERNAL: Cause = { kind: 'external', id: null, name: null };

/** Any event without its time: the driver's clock gives that. */
type Untimed<E = ConversationEvent> = E extends ConversationEvent ? Omit<E, 'at'> : never;

/** One conversation under a virtual clock, in the words of the behaviour. Times are seconds from its start. */
export class Driver {
  snapshot: Snapshot;
  effects: Effect[] = [];
  /** Every event that was applied, `deadline.passed` included. */
  log: ConversationEvent[] = [];
  private clock = 0;
  private ids = 0;

  constructor(rules: Partial<Rules> = {}) {
    this.snapshot = initialSnapshot({ agentId: 'agent', rules: { ...NO_RULES, version: 1, ...rules } });
  }

  get facts() {
    return this.snapshot.context;
  }
  get view() {
    return view(this.snapshot);
  }
  get state() {
    return this.view.state;
  }
  get leaf() {
    return this.snapshot.value;
  }
  get now() {
    return this.clock / 1000;
  }

  apply(event: Untimed): this {
    for (const step of advance(this.snapshot, { ...event, at: this.clock } as ConversationEvent)) {
      this.snapshot = step.after;
      this.log.push(step.event);
      this.effects.push(...step.effects);
    }
    return this;
  }

  /** Lets time pass; deadlines fire when they are due. */
  wait(seconds: number): this {
    const end = this.clock + seconds * 1000;
    for (let due = nextDeadline(this.snapshot); due !== null && due <= end; due = nextDeadline(this.snapshot)) {
      this.clock = Math.max(this.clock, due);
      this.apply({ type: 'deadline.passed', by: SYSTEM, renewed: {} });
    }
    this.clock = end;
    return this;
  }

  /** Lets time pass while nobody looks: no deadline fires by itself, as when every node is down. */
  sleep(seconds: number): this {
    this.clock += seconds * 1000;
    return this;
  }

  customerWrites(): this {
    return this.apply({ type: 'customer.message', by: CUSTOMER, messageId: this.id() });
  }
  types(person: Person, leaseId = `lease of ${person.id}`): this {
    const expiresAt = this.clock + LEASE_MS;
    return this.apply({ type: 'human.typing', by: cause(person), leaseId, teammate: person, expiresAt });
  }
  stopsTyping(person: Person): this {
    return this.apply({ type: 'human.stopped', by: cause(person), leaseIds: [`lease of ${person.id}`] });
  }
  sends(person: Person, answersUpTo = this.facts.lastSeq): this {
    return this.apply({
      type: 'human.message',
      by: cause(person),
      messageId: this.id(),
      sentAt: this.clock,
      answersUpTo,
    });
  }
  /** A message from another device of the business, written `secondsAgo`. */
  echo(secondsAgo = 0): this {
    const sentAt = this.clock - secondsAgo * 1000;
    return this.apply({ type: 'human.message', by: EXTERNAL, messageId: this.id(), sentAt, answersUpTo: null });
  }
  records(origin: 'teammate' | 'external' | 'customer', note = false): this {
    const by = origin === 'teammate' ? cause(ADA) : origin === 'external' ? EXTERNAL : CUSTOMER;
    return this.apply({ type: 'message.recorded', by, messageId: this.id(), origin, note });
  }
  switchesOff(person: Person): this {
    return this.apply({ type: 'replies.disabled', by: cause(person) });
  }
  handsBack(person: Person, instruction: string | null = null): this {
    return this.apply({ type: 'replies.enabled', by: cause(person), instruction });
  }
  changesRules(rules: Partial<Rules>): this {
    const { facts } = this;
    return this.apply({
      type: 'rules.changed',
      by: cause(ADA),
      rules: { ...facts.rules, version: facts.rules.version + 1, ...rules },
    });
  }
  replies(turn = this.facts.turn, messageId: string | null = this.id()): this {
    return this.apply({ type: 'reply.ready', by: AGENT, turn, messageId });
  }
  handsOff(closing = true): this {
    const messageId = closing ? this.id() : null;
    return this.apply({
      type: 'reply.handoff',
      by: AGENT,
      turn: this.facts.turn,
      reason: 'asked for a person',
      messageId,
    });
  }
  fails(): this {
    return this.apply({ type: 'reply.failed', by: AGENT, turn: this.facts.turn, error: 'no answer' });
  }
  claims(messageId = this.nextToSend()): this {
    return this.apply({ type: 'reply.claimed', by: AGENT, turn: this.facts.turn, messageId });
  }
  isUndelivered(messageId: string, retry: boolean): this {
    return this.apply({ type: 'reply.undelivered', by: SYSTEM, turn: this.facts.turn, messageId, retry });
  }
  closes(person: Person): this {
    return this.apply({ type: 'conversation.closed', by: cause(person) });
  }

  nextToSend(): string {
    return this.facts.pending[0]?.messageId ?? this.facts.closing?.messageId ?? 'nothing to send';
  }
  effectsOf(type: Effect['type']): Effect[] {
    return this.effects.filter((effect) => effect.type === type);
  }
  private id(): string {
    this.ids += 1;
    return `message ${this.ids}`;
  }
}

export function cause(person: Person): Cause {
  return { kind: 'teammate', ...person };
}

/** A conversation in which the agent is making its reply to one customer message. */
export function replying(rules: Partial<Rules> = {}): Driver {
  return new Driver(rules).customerWrites().wait(rules.replyDelaySeconds ?? NO_RULES.replyDelaySeconds);
}
