import { expect, test } from 'vitest';
import { ServerClock } from './server-clock.ts';

test('follows the server clock by its fastest reading', () => {
  let local = 1_000;
  const clock = new ServerClock(() => local);
  expect(clock.now()).toBe(1_000);
  clock.read(10_900); // 100 ms on its way
  expect(clock.now()).toBe(10_900);
  local = 2_000;
  clock.read(11_990); // 10 ms on its way
  expect(clock.now()).toBe(11_990);
  local = 3_000;
  clock.read(12_500); // 500 ms on its way
  expect(clock.now()).toBe(12_990);
});

test('never lags behind an event of the server', () => {
  let local = 1_000;
  const clock = new ServerClock(() => local);
  clock.passed(10_000);
  expect(clock.now(), 'nothing is known of its clock').toBe(1_000);
  clock.read(10_000); // 700 ms on its way
  local = 2_000;
  clock.passed(11_680);
  expect(clock.now()).toBe(11_680);
  for (let long = 0; long < 20; long += 1) clock.passed(4_000);
  expect(clock.now()).toBe(11_680);
});

test('accepts a clock that jumped after dropping old readings', () => {
  let local = 1_000;
  const clock = new ServerClock(() => local);
  clock.read(50_000);
  local = 3_600_000;
  clock.forget();
  clock.read(52_000);
  expect(clock.now()).toBe(52_000);
});
