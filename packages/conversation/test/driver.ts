import type { Person } from '@baton/protocol';
import { coverage, drive, type Run } from '@baton/statechart-kit';
import { statechartMatchers } from '@baton/statechart-kit/vitest';
import { expect } from 'vitest';
import {
  advance,
  conversationMachine,
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
  type Step,
} from '../src/index.ts';
import { ADA, AGENT, cause, CUSTOMER, EXTERNAL } from '../src/testing/people.ts';

expect.extend(statechartMatchers);

/** Any event without its time: the driver's clock gives that. */
type Untimed<E = ConversationEvent> = E extends ConversationEvent ? Omit<E, 'at'> : never;

/** The edges that the tests of this file have taken. */
export const coverageOfRules = coverage(conversationMachine);

/** One conversation under a virtual clock, driven by the verbs of the rules. Times are seconds from its start. */
export class Driver {
  readonly run: Run<Snapshot, ConversationEvent, Step>;
  private ids = 0;

  constructor(rules: Partial<Rules> = {}) {
    this.run = drive<Snapshot, ConversationEvent, Step>({
      machine: conversationMachine,
      snapshot: initialSnapshot({ agentId: 'agent', rules: { ...NO_RULES, version: 1, ...rules } }),
      step: (snapshot, event) => advance(snapshot, event),
      nextDeadline,
      deadlineEvent: (at) => ({ type: 'deadline.passed', at, by: SYSTEM, renewed: {} }),
      onStep: (step, path) => {
        coverageOfRules.record(path);
        this.took(step);
      },
    });
    coverageOfRules.start(this.run.start);
  }

  get snapshot(): Snapshot {
    return this.run.snapshot;
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
  /** Every event that was applied, `deadline.passed` included. */
  get log(): ConversationEvent[] {
    return this.run.steps.map((step) => step.event);
  }
  private get clock() {
    return this.run.now;
  }

  apply(event: Untimed): this {
    this.run.send({ ...event, at: this.clock });
    return this;
  }

  /** Sees every step that is taken. */
  protected took(_step: Step): void {}

  /** Lets time pass; deadlines fire when they are due. */
  wait(seconds: number): this {
    this.run.wait(seconds * 1000);
    return this;
  }

  /** Lets time pass without firing deadlines, as when every node is down. */
  sleep(seconds: number): this {
    this.run.sleep(seconds * 1000);
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
    return this.run.steps.flatMap((step) => step.effects).filter((effect) => effect.type === type);
  }
  private id(): string {
    this.ids += 1;
    return `message ${this.ids}`;
  }
}

/** A conversation in which the agent is making its reply to one customer message. */
export function replying(rules: Partial<Rules> = {}): Driver {
  return new Driver(rules).customerWrites().wait(rules.replyDelaySeconds ?? NO_RULES.replyDelaySeconds);
}
