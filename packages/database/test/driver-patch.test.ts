import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const PATCHES = new URL('../../../patches/', import.meta.url);
const PARTS = new URL('postgres/', PATCHES);

interface Edit {
  /** 1-based line of the unpatched file that the edit stands at. */
  line: number;
  text: string;
}

/** The removed and added lines of a unified diff, each at its line of the unpatched file. */
function editsOf(patch: string): Edit[] {
  const edits: Edit[] = [];
  let line = 0;
  for (const text of patch.slice(patch.indexOf('@@ ')).split('\n')) {
    const hunk = /^@@ -(\d+)/.exec(text);
    if (hunk) line = Number(hunk[1]);
    else if (text.startsWith('+')) edits.push({ line, text });
    else {
      if (text.startsWith('-')) edits.push({ line, text });
      line += 1;
    }
  }
  return edits;
}

const orderedLanes = (edits: Edit[]) => edits.map(({ line, text }) => `${line} ${text}`).sort();

test('the driver patch that pnpm applies is the sum of its documented parts', () => {
  const names = readdirSync(PARTS).sort();
  expect(names.length).toBeGreaterThan(1);
  const parts = names.map((name) => readFileSync(new URL(name, PARTS), 'utf8'));
  for (const part of parts) expect(part).toMatch(/^[A-Za-z][^@]{100,}\n\n--- a\/src\/connection\.js\n/);
  const whole = readFileSync(new URL('postgres@3.4.9.patch', PATCHES), 'utf8');
  expect(orderedLanes(parts.flatMap(editsOf))).toEqual(orderedLanes(editsOf(whole)));
});
