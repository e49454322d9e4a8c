import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { initialSnapshot, loadSnapshot, step, type Snapshot, type Step } from '../src/index.ts';
import { checkInvariants } from '../src/testing/invariants.ts';
import { ADA, BEN } from '../src/testing/people.ts';
import { Driver } from './driver.ts';

const person = fc.constantFrom(ADA, BEN);

/** Possible next moves, as sentences on the driver. */
const happening: fc.Arbitrary<(conversation: Driver) => unknown> = fc.oneof(
  { weight: 6, arbitrary: fc.constant((it: Driver) => it.customerWrites()) },
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 40_000 }).map((ms) => (it: Driver) => it.wait(ms / 1000)) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 200 }).map((seconds) => (it: Driver) => it.sleep(seconds)) },
  { weight: 4, arbitrary: person.map((who) => (it: Driver) => it.types(who)) },
  { weight: 2, arbitrary: person.map((who) => (it: Driver) => it.stopsTyping(who)) },
  {
    weight: 3,
    arbitrary: fc.tuple(person, fc.nat(8)).map(
      ([who, unseen]) =>
        (it: Driver) =>
          it.sends(who, it.facts.lastSeq - unseen),
    ),
  },
  { weight: 1, arbitrary: fc.nat(60).map((ago) => (it: Driver) => it.echo(ago)) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('teammate', 'external', 'customer').map((origin) => (it: Driver) => it.records(origin)),
  },
  { weight: 2, arbitrary: person.map((who) => (it: Driver) => it.switchesOff(who)) },
  { weight: 3, arbitrary: person.map((who) => (it: Driver) => it.handsBack(who)) },
  { weight: 1, arbitrary: person.map((who) => (it: Driver) => it.handsBack(who, 'be brief')) },
  { weight: 1, arbitrary: person.map((who) => (it: Driver) => it.closes(who)) },
  { weight: 6, arbitrary: fc.nat(2).map((late) => (it: Driver) => it.replies(it.facts.turn - late)) },
  { weight: 1, arbitrary: fc.constant((it: Driver) => it.replies(it.facts.turn, null)) },
  { weight: 1, arbitrary: fc.boolean().map((closing) => (it: Driver) => it.handsOff(closing)) },
  { weight: 2, arbitrary: fc.constant((it: Driver) => it.fails()) },
  { weight: 6, arbitrary: fc.constant((it: Driver) => it.claims()) },
  { weight: 1, arbitrary: fc.constant((it: Driver) => it.facts.inFlight && it.claims(it.facts.inFlight.messageId)) },
  {
    weight: 2,
    arbitrary: fc
      .boolean()
      .map((retry) => (it: Driver) => it.facts.inFlight && it.isUndelivered(it.facts.inFlight.messageId, retry)),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({
        muteWhenHumanActive: fc.boolean(),
        humanPriorityWindowSeconds: fc.constantFrom(0, 5, 30, 86_400),
        replyDelaySeconds: fc.constantFrom(0, 2, 60),
        paused: fc.boolean(),
      })
      .map((rules) => (it: Driver) => it.changesRules(rules)),
  },
);

/** A driver that checks every step it takes. */
class CheckedDriver extends Driver {
  protected override took(taken: Step): void {
    checkInvariants(taken);
    // A stored snapshot loads unchanged.
    expect(loadSnapshot(JSON.parse(JSON.stringify(taken.after)))).toEqual(taken.after);
  }
}

describe('long random conversations', () => {
  test('[HOLD-2] keeps every invariant in any order of events', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(fc.array(happening, { minLength: 20, maxLength: 120 }), (happenings) => {
        const conversation = new CheckedDriver();
        for (const happens of happenings) happens(conversation);
      }),
      { numRuns: 150 },
    );
  });

  test('[TIME-3] replays the event log to the stored snapshot', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(fc.array(happening, { minLength: 10, maxLength: 80 }), (happenings) => {
        const conversation = new Driver();
        const start = conversation.snapshot;
        for (const happens of happenings) happens(conversation);
        const log = JSON.parse(JSON.stringify(conversation.log)) as Driver['log'];
        const replayed = log.reduce<Snapshot>((snapshot, event) => step(snapshot, event).after, start);
        expect(replayed).toEqual(conversation.snapshot);
      }),
      { numRuns: 60 },
    );
  });
});

test('[HOLD-1] starts a conversation with its agent', () => {
  expect(initialSnapshot({ agentId: 'agent', rules: new Driver().facts.rules }).value).toBe('agentActive.idle');
});
