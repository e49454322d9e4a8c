import { LEAVES, type Leaf } from '@baton/protocol';
import { EVENT_TYPES } from '../src/index.ts';
import { targetsOf } from '../src/testing/cells.ts';

const shortName = (leaf: Leaf): string => leaf.replace('agentActive.', '');

/** Every event in every leaf, with the leaves that it may lead to, as a Markdown table. */
export function printTable(): string {
  const head = ['event', ...LEAVES.map(shortName)];
  const rows = EVENT_TYPES.map((event) => [
    `\`${event}\``,
    ...LEAVES.map((from) =>
      targetsOf(from, event)
        .map((to) => (to === from ? '·' : shortName(to)))
        .join(', '),
    ),
  ]);
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (row: string[]) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
