import { readFileSync } from 'node:fs';
import { coverageTable, toMermaid } from '@baton/statechart-kit';
import { describe, expect, test } from 'vitest';
import { conversationMachine } from '../src/index.ts';
import { ways } from './driver.ts';

// The tests of the rules run here once more, because each file of tests has a memory of its own.
describe('the rules', async () => {
  await import('./holding.test.ts');
  await import('./replying.test.ts');
});

describe('the statechart', () => {
  test('[HOLD-1] every handover that is drawn is one that a rule shows, and none happens that is not drawn', () => {
    const { edges, states, strays } = ways.report({ depth: 1 });
    console.log(coverageTable(ways.report()));
    expect(strays).toEqual([]);
    expect(states.filter(({ visits }) => visits === 0)).toEqual([]);
    expect(edges.filter(({ visits }) => visits === 0).map(({ id }) => id)).toEqual([]);
  });

  test('the picture in the guide is the machine', () => {
    const guide = readFileSync(new URL('../../../docs/guides/statecharts.md', import.meta.url), 'utf8');
    expect(guide).toContain(`\`\`\`mermaid\n${toMermaid(conversationMachine, { depth: 1, guards: true })}\`\`\``);
  });
});
