import { describe, expect, it } from 'vitest';
import { DatabaseClock } from '../src/index.ts';

describe('the database’s clock', () => {
  it('throws before the first answer', () => {
    expect(() =>
      new DatabaseClock(
        () => 0,
        () => 0,
      ).now(),
    ).toThrow('has not learnt the time');
  });

  it('[TIME-1] adds the learnt offset to the monotonic clock', () => {
    let monotonic = 500;
    const clock = new DatabaseClock(
      () => monotonic,
      () => 0,
    );
    clock.learn(1_000_000);
    expect(clock.now()).toBe(1_000_000);
    monotonic += 250.7;
    expect(clock.now()).toBe(1_000_250);
  });

  it('[TIME-1] is never behind an answer, and ignores slow ones', () => {
    let monotonic = 0;
    const clock = new DatabaseClock(
      () => monotonic,
      () => 0,
    );
    clock.learn(1_000);
    monotonic = 100;
    clock.learn(1_150);
    expect(clock.now()).toBe(1_150);
    monotonic = 5_000;
    clock.learn(2_000);
    expect(clock.now()).toBe(6_050);
  });

  it('[TIME-1] does not step back for a few slow answers', () => {
    let monotonic = 0;
    const clock = new DatabaseClock(
      () => monotonic,
      () => 0,
    );
    clock.learn(10_000);
    expect(clock.now()).toBe(10_000);
    for (let answer = 1; answer <= 100; answer += 1) {
      clock.learn(9_100);
      expect(clock.now()).toBe(10_000);
    }
    monotonic = 1_500;
    expect(clock.now()).toBe(10_600);
  });

  it('[TIME-1] follows a database clock that was set back within 32 answers', () => {
    let monotonic = 0;
    const clock = new DatabaseClock(
      () => monotonic,
      () => 0,
    );
    clock.learn(10_000_000);
    expect(clock.now()).toBe(10_000_000);
    for (let answer = 1; answer <= 32; answer += 1) {
      monotonic = answer;
      clock.learn(1_000_000 + answer);
      if (answer < 32) expect(clock.now()).toBeGreaterThanOrEqual(10_000_000);
    }
    expect(clock.now()).toBe(1_000_032);
    monotonic = 9_500_000;
    expect(clock.now()).toBe(10_500_000);
  });

  it('[SEND-4] measures suspension by the lead of the wall clock', () => {
    let [monotonic, wall] = [0, 7_000];
    const clock = new DatabaseClock(
      () => monotonic,
      () => wall,
    );
    const slept = clock.watchSleep();
    [monotonic, wall] = [400, 7_400];
    expect(slept()).toBe(0);
    [monotonic, wall] = [500, 67_500];
    expect(slept()).toBe(60_000);
    expect(clock.watchSleep()()).toBe(0);
    // Setting the wall clock back hides no suspension.
    wall = 1_000;
    expect(slept()).toBe(0);
  });
});
