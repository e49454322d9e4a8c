import {
  advance,
  type ConversationEvent,
  initialSnapshot,
  loadSnapshot,
  NO_RULES,
  type Snapshot,
  step,
  SYSTEM,
} from '@baton/conversation';
import { ADA, BEN, cause, cellOf, checkInvariants, eventsOf } from '@baton/conversation/testing';
import { isDeepStrictEqual } from 'node:util';
import { Random } from '../random.ts';
import { count, type Tally } from '../tally.ts';

const PEOPLE = [ADA, BEN];
const EVENTS = { least: 10, most: 40 };

/** One random life of a conversation, checked at each step, replayed and loaded at its end. @throws where a rule is broken */
export function runSequence(seed: number, number: number, tally: Tally): void {
  const random = new Random(seed, number);
  const start = initialSnapshot({ agentId: 'agent', rules: { ...NO_RULES, version: 1 } });
  const log: ConversationEvent[] = [];
  let snapshot: Snapshot = start;
  const length = EVENTS.least + random.below(EVENTS.most - EVENTS.least + 1);
  for (let done = 0; done < length; done += 1) {
    for (const taken of advance(snapshot, nextEvent(snapshot, random))) {
      checkInvariants(taken);
      log.push(taken.event);
      count(tally, 'events', taken.event.type);
      const { before, after } = taken;
      count(tally, 'cells', cellOf(before.value, taken.event.type, after.value));
      if (before.value !== after.value) count(tally, 'transitions', `${before.value} -> ${after.value}`);
      snapshot = after;
    }
  }
  const stored: unknown = JSON.parse(JSON.stringify(snapshot));
  if (!isDeepStrictEqual(loadSnapshot(stored), snapshot)) throw new Error('[TIME-4] what is stored loads as another');
  const replayed = log.reduce<Snapshot>((before, event) => step(before, event).after, start);
  if (!isDeepStrictEqual(replayed, snapshot)) throw new Error('[TIME-3] the log replays to another snapshot');
}

/** Anything that the abstraction knows, at any time; and what it leaves out: rules, other agents, the team's work. */
function nextEvent(snapshot: Snapshot, random: Random): ConversationEvent {
  const { lastAt, rules } = snapshot.context;
  const at = lastAt + (random.chance(0.4) ? random.below(random.pick([100, 5_000, 60_000, 200_000])) : 0);
  if (random.chance(0.15)) return { type: 'deadline.passed', at, by: SYSTEM, renewed: {} };
  if (random.chance(0.85)) {
    const known = eventsOf(snapshot, { teammates: PEOPLE, rules: [], withFaults: true });
    const event = random.pick(known);
    // Sequences continue here after the first customer message, where the abstraction ends.
    return { ...event, at: Math.max(at, event.at) };
  }
  const by = cause(random.pick(PEOPLE));
  const change = {
    version: rules.version + 1,
    muteWhenHumanActive: random.chance(0.7),
    humanPriorityWindowSeconds: random.pick([0, 5, 30, 86_400]),
    replyDelaySeconds: random.pick([0, 2, 60]),
    paused: random.chance(0.2),
  };
  switch (random.below(7)) {
    case 0:
      return { type: 'rules.changed', at, by, rules: change };
    case 1:
      return { type: 'agent.changed', at, by, agentId: random.pick(['agent', 'other']), rules: change };
    case 2:
      return { type: 'conversation.snoozed', at, by, until: at + random.below(100_000) };
    case 3:
      return { type: 'conversation.reopened', at, by };
    case 4:
      return { type: 'conversation.assigned', at, by, assigneeId: random.pick([ADA.id, null]) };
    case 5:
      return { type: 'message.recorded', at, by, messageId: 'kept', origin: 'customer', note: false };
    default:
      return {
        type: 'customer.message',
        at,
        by: { kind: 'customer', id: 'customer', name: 'Cleo' },
        messageId: 'more',
      };
  }
}
