import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { coverageTable, toMermaid } from '@baton/statechart-kit';
import { describe, expect, test } from 'vitest';
import { conversationMachine } from '../src/index.ts';
import { coverageOfRules } from './driver.ts';
import { printTable } from './print-table.ts';

const docs = (page: string) => fileURLToPath(new URL(`../../../docs/${page}`, import.meta.url));
const GUIDE = docs('guides/statecharts.md');
const PAGE = docs('statechart.md');

// The tests of the rules run here again, because coverage is recorded per test file.
describe('the rules', async () => {
  await import('./holding.test.ts');
  await import('./replying.test.ts');
});

describe('the statechart', () => {
  test('[HOLD-1] draws exactly the handovers that the tests of the rules take', () => {
    const { edges, states, strays } = coverageOfRules.report({ depth: 1 });
    console.log(coverageTable(coverageOfRules.report()));
    expect(strays).toEqual([]);
    expect(states.filter(({ visits }) => visits === 0)).toEqual([]);
    expect(edges.filter(({ visits }) => visits === 0).map(({ id }) => id)).toEqual([]);
  });

  test('prints its picture in the guide', async () => {
    const guide = readFileSync(GUIDE, 'utf8');
    const picture = toMermaid(conversationMachine, { depth: 1, guards: true });
    await expect(guide.replace(/```mermaid\n[^`]*```/, `\`\`\`mermaid\n${picture}\`\`\``)).toMatchFileSnapshot(GUIDE);
  });

  test('prints its table of events and leaves in docs/statechart.md', async () => {
    const page = readFileSync(PAGE, 'utf8');
    const table = `<!-- table -->\n\n${printTable()}\n\n<!-- end of table -->`;
    await expect(page.replace(/<!-- table -->[^]*<!-- end of table -->/, table)).toMatchFileSnapshot(PAGE);
    const guards = Object.keys(conversationMachine.implementations.guards);
    for (const guard of guards) expect(page).toContain(`| \`${guard}\``);
  });
});
