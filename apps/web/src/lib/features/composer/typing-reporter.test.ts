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
  test('[HOLD-4] reports the first keystroke immediately', () => {
    const { reporter, reports } = reporterFixture();
    reporter.touched('h');
    expect(reports).toEqual([{ at: 0, typing: true, note: false }]);
  });

  test('[HOLD-4] sends heartbeats every 3 s, until 30 s after the last keystroke', () => {
    const { reporter, reports, pass } = reporterFixture();
    reporter.touched('h');
    pass(60_000);
    expect(reports.map((report) => report.at)).toEqual([
      0, 3_000, 6_000, 9_000, 12_000, 15_000, 18_000, 21_000, 24_000, 27_000,
    ]);
  });

  test('[HOLD-4] sends heartbeats only with focus', () => {
    const { reporter, reports, pass } = reporterFixture();
    reporter.touched('h');
    reporter.setFocused(false);
    pass(10_000);
    expect(reports).toHaveLength(1);
    reporter.setFocused(true);
    pass(500);
    expect(reports).toHaveLength(2);
  });

  test('[HOLD-4] stops when emptied, switched to a note, or left', () => {
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

  test('[HOLD-3] reports a note as a note, never as a reply', () => {
    const { reporter, reports } = reporterFixture();
    reporter.setNote(true);
    reporter.touched('for the team');
    expect(reports).toEqual([{ at: 0, typing: true, note: true }]);
  });

  test('[HOLD-4] reports ongoing typing again on a new connection', () => {
    const { reporter, reports, clock } = reporterFixture();
    reporter.touched('hi');
    clock.now = 1_000;
    reporter.resume();
    expect(reports.map((report) => report.at)).toEqual([0, 1_000]);
    clock.now = 1_000 + TOUCHED_WITHIN_MS;
    reporter.resume();
    expect(reports).toHaveLength(2);
  });

  test('[HOLD-4] spaces heartbeats of a lease at least 3 s apart, for any input', () => {
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
