import type { CoverageReport, EdgeVisits } from './coverage-report.ts';
import { eventLabel } from './labels.ts';

const MISSED = '✗';
const MAX_MISSED_EVENTS = 4;

/** The report as a table for a terminal: what was missed stands first, marked `✗`. */
export function coverageTable({ machine, states, edges, strays }: CoverageReport): string {
  const rows = [
    ...states.map(({ id, visits }) => ({ mark: mark(visits), id, events: '' })),
    ...edges.map((edge) => ({ mark: mark(edge.visits), id: edge.id, events: eventsOf(edge) })),
  ];
  const [markWidth, idWidth] = [width(rows.map((row) => row.mark)), width(rows.map((row) => row.id))];
  const missedFirst = rows.toSorted((one, other) => Number(other.mark === MISSED) - Number(one.mark === MISSED));
  const ways = edges.flatMap((edge) => edge.events);
  return [
    `${machine}: ${part(states)} states, ${part(edges)} edges, ${part(ways)} edges by event`,
    ...missedFirst.map((row) =>
      `  ${row.mark.padStart(markWidth)}  ${row.id.padEnd(idWidth)}  ${row.events}`.trimEnd(),
    ),
    ...strays.map(
      ({ event, from, to }) => `  no edge explains ${from.join(' & ')} -> ${to.join(' & ')} by ${event ?? 'itself'}`,
    ),
  ].join('\n');
}

/** Those that were seen with their number, then some of those that were not. */
function eventsOf({ events, visits }: EdgeVisits): string {
  const missed = events.filter((it) => it.visits === 0).map(({ event }) => eventLabel(event));
  const more = missed.length - MAX_MISSED_EVENTS;
  const some = more > 1 ? `${missed.slice(0, MAX_MISSED_EVENTS).join(', ')} and ${more} more` : missed.join(', ');
  if (visits === 0) return some;
  const seen = events.filter((it) => it.visits > 0).map((it) => `${eventLabel(it.event)} ${it.visits}×`);
  return [...seen, ...(missed.length > 0 ? [`not by ${some}`] : [])].join(', ');
}

const mark = (visits: number) => (visits === 0 ? MISSED : `${visits}×`);
const part = (all: { visits: number }[]) => `${all.filter(({ visits }) => visits > 0).length} of ${all.length}`;
const width = (texts: string[]) => Math.max(0, ...texts.map((text) => text.length));
