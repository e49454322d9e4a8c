import { expect, test } from 'vitest';
import { FakeScheduler } from '../src/testing/fake-scheduler.ts';
import { Poll } from '../src/workers/poll.ts';

function polling(restMs: number) {
  const time = new FakeScheduler();
  const began = time.now;
  const looks: number[] = [];
  const poll = new Poll({
    name: 'work',
    scheduler: time,
    intervalMs: 250,
    restMs,
    report: ({ error }) => {
      throw error;
    },
    async work() {
      looks.push(time.now - began);
      return false;
    },
  });
  return { time, looks, poll };
}

test('nudges that come while it rests are one look, as soon as it has rested', async () => {
  const { time, looks, poll } = polling(5);
  poll.start();
  await time.advance(1);
  for (let nudges = 0; nudges < 3; nudges += 1) poll.nudge();
  await time.advance(1);
  poll.nudge();
  await time.advance(100);
  expect(looks).toEqual([0, 5]);
  poll.nudge();
  await time.advance(0);
  expect(looks).toEqual([0, 5, 102]);
  await time.advance(260);
  expect(looks).toEqual([0, 5, 102, 357]);
});

test('stops without having rested, whether it is asked to while it looks or while it rests', async () => {
  const looking = polling(5);
  looking.poll.start();
  await looking.poll.stop();
  const resting = polling(5);
  resting.poll.start();
  await resting.time.advance(2);
  await resting.poll.stop();
  await resting.time.advance(1_000);
  expect(resting.looks).toEqual([0]);
});
