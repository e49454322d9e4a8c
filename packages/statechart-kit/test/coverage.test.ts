import { describe, expect, test } from 'vitest';
import { coverage, coverageTable, driveMachine } from '../src/index.ts';
import { ticketMachine } from './ticket.ts';
import { zooMachine } from './zoo.ts';

function recorded() {
  const ways = coverage(ticketMachine);
  const run = driveMachine(ticketMachine, { onStep: (_, step) => ways.record(step) });
  ways.start(run.start);
  return { ways, run };
}

describe('path coverage', () => {
  test('counts states, edges and the events along them, and shows what was missed first', () => {
    const { ways, run } = recorded();
    run.send({ type: 'escalate' }).send({ type: 'answer' }).send({ type: 'reply' }).send({ type: 'answer' }).wait(1e9);
    expect(coverageTable(ways.report())).toMatchInlineSnapshot(`
      "ticket: 6 of 6 states, 6 of 8 edges, 6 of 8 edges by event
         ✗  waiting -> closed        close
         ✗  reminded -> open         reply
        2×  open
        2×  open.new
        1×  open.urgent
        2×  waiting
        1×  reminded
        1×  closed
        2×  open -> waiting          answer 2×
        1×  open.new -> open.urgent  escalate 1×
        1×  waiting -> open          reply 1×
        1×  waiting -> reminded      after 1 h 1×
        1×  reminded -> reminded     after 24 h 1×
        1×  reminded -> closed       always 1×"
    `);
  });

  test('counts at the top level what happened deeper', () => {
    const { ways, run } = recorded();
    run.send({ type: 'escalate' }).send({ type: 'answer' });
    const { states, edges } = ways.report({ depth: 1 });
    expect(states.find(({ id }) => id === 'open')?.visits).toBe(1);
    expect(edges.filter(({ visits }) => visits > 0).map(({ id }) => id)).toEqual(['open -> waiting']);
  });

  test('counts a recorded history as well, and tells steps that no edge explains', () => {
    const ways = coverage(ticketMachine);
    ways.record({ event: 'answer', from: ['open.new'], to: ['waiting'] });
    ways.record({ event: 'close', from: ['open.new'], to: ['closed'] });
    ways.record({ event: 'close', from: ['open.new'], to: ['open.new'] });
    const report = ways.report();
    expect(report.edges.find(({ id }) => id === 'open -> waiting')?.visits).toBe(1);
    expect(report.strays).toEqual([{ event: 'close', from: ['open.new'], to: ['closed'], visits: 1 }]);
    expect(coverageTable(report)).toContain('no edge explains open.new -> closed by close');
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });

  test('finds one edge per parallel region, through history, patterns and the machine itself', () => {
    const ways = coverage(zooMachine);
    ways.record({
      event: 'feed',
      from: ['open.lion.awake', 'open.gate.shut'],
      to: ['open.lion.fed', 'open.gate.shut'],
    });
    ways.record({ event: 'back', from: ['open.lion.fed', 'open.gate.wide'], to: ['open.lion.fed', 'open.gate.wide'] });
    ways.record({ event: 'note.late', from: ['sick'], to: ['sick'] });
    ways.record({ event: 'alarm', from: ['sick'], to: ['end'] });
    const seen = ways.report().edges.filter(({ visits }) => visits > 0);
    expect(seen.map(({ id }) => id)).toEqual([
      '#zoo -> end',
      '#zoo -> #zoo (internal)',
      'open.lion -> open.lion (internal)',
      'open.lion.awake -> open.lion.fed',
      'open.gate.wide -> open.lion.hist',
    ]);
  });
});
