import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HEARTBEAT_MS, TOUCHED_WITHIN_MS, TypingReporter } from './typing-reporter.ts';

function reporterFixture() {
  const clock = { now: 0 };
  const reports: { at: number; typing: boolean; note: boolean }[] = [];
  const reporter = new TypingReporter({
    now: () => clock.now,
    report: (typing, note) => reports.push({ at: clock.now, typing, note }),
  });
  const pass = (ms: number): void => {
    for (const end = clock.now + ms; clock.now < end;) {
      clock.now += 500;
      reporter.tick();
    }
  };
  return { clock, reports, reporter, pass };
}

describe('typing', () => {
  test('[HOLD-4] the first keystroke is reported at once', () => {
    const { reporter, reports } = reporterFixture();
    reporter.touched('h');
    expect(reports).toEqual([{ at: 0, typing: true, note: false }]);
  });

  test('[HOLD-4] heartbeats come every 3 s, and end 30 s after the last keystroke', () => {
    const { reporter, reports, pass } = reporterFixture();
    reporter.touched('h');
    pass(60_000);
    expect(reports.map((report) => report.at)).toEqual([
      0, 3_000, 6_000, 9_000, 12_000, 15_000, 18_000, 21_000, 24_000, 27_000,
    ]);
  });

  test('[HOLD-4] without focus there are no heartbeats; with it they go on', () => {
    const { reporter, reports, pass } = reporterFixture();
    reporter.touched('h');
    reporter.setFocused(false);
    pass(10_000);
    expect(reports).toHaveLength(1);
    reporter.setFocused(true);
    pass(500);
    expect(reports).toHaveLength(2);
  });

  test('[HOLD-4] an emptied composer, a note, and leaving stop it at once', () => {
    for (const end of [
      (reporter: TypingReporter) => reporter.touched('  '),
      (reporter: TypingReporter) => reporter.setNote(true),
      (reporter: TypingReporter) => reporter.stop(),
    ]) {
      const { reporter, reports, pass } = reporterFixture();
      reporter.touched('hi');
      end(reporter);
      pass(10_000);
      expect(reports.map((report) => report.typing)).toEqual([true, false]);
    }
  });

  test('[HOLD-3] a note is reported as a note, never as a reply', () => {
    const { reporter, reports } = reporterFixture();
    reporter.setNote(true);
    reporter.touched('for the team');
    expect(reports).toEqual([{ at: 0, typing: true, note: true }]);
  });

  test('[HOLD-4] after a lost connection a person who is still writing says so again', () => {
    const { reporter, reports, clock } = reporterFixture();
    reporter.touched('hi');
    clock.now = 1_000;
    reporter.resume();
    expect(reports.map((report) => report.at)).toEqual([0, 1_000]);
    clock.now = 1_000 + TOUCHED_WITHIN_MS;
    reporter.resume();
    expect(reports).toHaveLength(2);
  });

  test('[HOLD-4] whatever a person does, heartbeats of one lease are never less than 3 s apart', () => {
    const action = fc.oneof(
      fc.record({ kind: fc.constant('type' as const), text: fc.constantFrom('', ' ', 'a', 'ab') }),
      fc.record({ kind: fc.constant('pass' as const), ms: fc.nat(12_000) }),
      fc.record({ kind: fc.constant('focus' as const), on: fc.boolean() }),
    );
    fc.assert(
      fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
        const { reporter, reports, pass } = reporterFixture();
        for (const step of actions) {
          if (step.kind === 'type') reporter.touched(step.text);
          else if (step.kind === 'pass') pass(step.ms);
          else reporter.setFocused(step.on);
        }
        reports.forEach((report, index) => {
          const next = reports[index + 1];
          if (report.typing && next?.typing) expect(next.at - report.at).toBeGreaterThanOrEqual(HEARTBEAT_MS);
        });
      }),
    );
  });
});
