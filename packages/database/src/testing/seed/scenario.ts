import {
  advance,
  initialSnapshot,
  nextDeadline,
  SYSTEM,
  type ConversationEvent,
  type Ms,
  type Rules,
  type Snapshot,
  type Step,
} from '@baton/conversation';
import type { Cause, Delivery, Origin } from '@baton/protocol';
import { BASE, placeholder } from './placeholders.ts';

/** One message of a scenario with placeholders for author and text. */
export interface ScenarioMessage {
  id: string;
  seq: number;
  origin: Origin;
  author: Cause;
  at: Ms;
  revision: number;
  delivery: Delivery | null;
  turn: number | null;
  epoch: number | null;
}

/** A conversation played by the real statechart, with marks in place of ids and names, and times from `BASE` on. */
export interface Scenario {
  snapshot: Snapshot;
  steps: Step[];
  messages: ScenarioMessage[];
  /** When the last thing happened. */
  endsAt: Ms;
}

type Unstamped = ConversationEvent extends infer Event
  ? Event extends ConversationEvent
    ? Omit<Event, 'at' | 'by'>
    : never
  : never;

export const RULES: Rules = {
  muteWhenHumanActive: true,
  humanPriorityWindowSeconds: 1_800,
  replyDelaySeconds: 2,
  version: 1,
  paused: false,
};

const CUSTOMER: Cause = { kind: 'customer', id: placeholder('customer'), name: placeholder('customerName') };
const AGENT: Cause = { kind: 'agent', id: placeholder('agent'), name: 'Agent' };
export const TEAMMATES = ['first', 'second'] as const;
export type ScenarioTeammate = (typeof TEAMMATES)[number];

/** Plays one conversation, a step at a time. */
export class ScenarioBuilder {
  #snapshot = initialSnapshot({ agentId: placeholder('agent'), rules: RULES });
  #at: Ms = BASE;
  readonly #steps: Step[] = [];
  readonly #messages: ScenarioMessage[] = [];

  pass(seconds: number): this {
    this.#at += seconds * 1_000;
    return this;
  }

  customer(): this {
    return this.#say('customer', CUSTOMER, null, (messageId) => [{ type: 'customer.message', messageId }, CUSTOMER]);
  }

  teammate(who: ScenarioTeammate, delivery: Delivery = 'sent'): this {
    const by = teammate(who);
    const answersUpTo = this.#snapshot.context.lastSeq;
    return this.#say('teammate', by, delivery, (messageId) => [
      { type: 'human.message', messageId, sentAt: this.#at, answersUpTo },
      by,
    ]);
  }

  /** The agent gathers, replies and has its reply claimed. */
  agent(): this {
    this.#at = Math.max(this.#at, nextDeadline(this.#snapshot) ?? this.#at);
    this.event({ type: 'deadline.passed', renewed: {} }, SYSTEM).pass(1);
    const { turn, epoch } = this.#snapshot.context;
    this.#say('agent', AGENT, 'sent', (messageId) => [{ type: 'reply.ready', turn, messageId }, AGENT], {
      turn,
      epoch,
    });
    const messageId = placeholder(`message.${this.#messages.length}`);
    return this.pass(1).event({ type: 'reply.claimed', turn, messageId }, AGENT);
  }

  /** Waits until no deadline is left: what nobody touches for an hour stands still. */
  settle(): this {
    for (let at = nextDeadline(this.#snapshot); at !== null; at = nextDeadline(this.#snapshot)) {
      this.#at = Math.max(this.#at, at);
      this.event({ type: 'deadline.passed', renewed: {} }, SYSTEM);
    }
    return this;
  }

  event(event: Unstamped, by: Cause): this {
    const stamped = { ...event, at: this.#at, by };
    const steps = advance(this.#snapshot, stamped);
    this.#steps.push(...steps);
    this.#snapshot = steps.at(-1)?.after ?? this.#snapshot;
    return this;
  }

  end(): Scenario {
    return { snapshot: this.#snapshot, steps: this.#steps, messages: this.#messages, endsAt: this.#at };
  }

  #say(
    origin: Origin,
    author: Cause,
    delivery: Delivery | null,
    event: (messageId: string) => [Unstamped, Cause],
    fence: { turn: number | null; epoch: number | null } = { turn: null, epoch: null },
  ): this {
    const id = placeholder(`message.${this.#messages.length + 1}`);
    this.event(...event(id));
    const [seq, revision] = [this.#snapshot.context.lastSeq, this.#steps.length];
    this.#messages.push({ id, seq, origin, author, at: this.#at, revision, delivery, ...fence });
    return this;
  }
}

export function teammate(who: ScenarioTeammate): Cause & { kind: 'teammate' } {
  return { kind: 'teammate', id: placeholder(who), name: placeholder(`${who}Name`) };
}
