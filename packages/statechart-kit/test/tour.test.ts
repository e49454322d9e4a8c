import { expect, test } from 'vitest';
import { coverage, coverageTable, driveMachine, toMermaid } from '../src/index.ts';
import { statechartMatchers } from '../src/vitest.ts';
import { ticketMachine } from './ticket.ts';

expect.extend(statechartMatchers);

// The tour of docs/guides/statecharts.md. Change 'waiting' in the second test, and see it fail.

test('a ticket, drawn', () => {
  console.log(toMermaid(ticketMachine, { active: 'waiting', guards: true }));
});

test('an answered ticket waits for the customer', () => {
  const ticket = driveMachine(ticketMachine).send({ type: 'escalate' }).send({ type: 'answer' }).wait(60_000);
  expect(ticket).toBeInState('waiting');
  expect(ticket).toHaveTransitioned({ from: 'open.urgent', to: 'waiting', by: 'answer' });
  expect(ticket).toReach('reminded', { within: 3_600_000 });
});

test('what a failure looks like', () => {
  const ticket = driveMachine(ticketMachine).send({ type: 'escalate' }).send({ type: 'answer' }).wait(3_600_000);
  const failing = () => expect(ticket).toBeInState('closed');
  expect(failing).toThrow(/closed {2}◀ expected, if remindedTwice/);
  console.log(reasonOf(failing));
});

test('what these tests have not seen', () => {
  const ways = coverage(ticketMachine);
  const ticket = driveMachine(ticketMachine, { onStep: (_, step) => ways.record(step) });
  ways.start(ticket.start);
  ticket.send({ type: 'answer' }).wait(3_600_000).send({ type: 'reply' });
  console.log(coverageTable(ways.report()));
  expect(ways.report().strays).toEqual([]);
});

function reasonOf(failing: () => void): string {
  try {
    failing();
  } catch (error) {
    return (error as Error).message;
  }
  return '';
}
