import { expect, test } from 'vitest';
import { isHeadless, passagesOf, sentencesOf, titlesOfTests, wordsOf } from '../checks/prose-text.mjs';

const textsOf = (path, source) => passagesOf(path, source).map(({ text }) => text);

test.each([
  ['What is due is claimed.', true],
  ['Whoever commits first wins the race.', true],
  ['**Where** a worker fails, it tries again.', true],
  ['What is this good for?', false],
  ["What's left is claimed later.", false],
  ['Whatsoever is a word of its own.', false],
  ['The worker claims what is due.', false],
])('tells whether "%s" begins with a headless clause', (sentence, headless) => {
  expect(isHeadless(sentence)).toBe(headless);
});

test('splits sentences at stops, not at names or abbreviations', () => {
  expect(sentencesOf('Reads store.ts once, e.g. at start. See `a.b` for more of it. A label')).toEqual([
    'Reads store.ts once, e.g. at start.',
    'See `a.b` for more of it.',
  ]);
});

test('reads comments of scripts, and no strings that look like comments', () => {
  const source =
    "const a = 'http://x'; // One.\n/** Two\n * lines. */\nconst b = `// ${1 /* three */}`;\nconst c = /\\/\\/ x/;\n";
  expect(textsOf('a.ts', source)).toEqual(['One.', 'Two\nlines.', 'three']);
});

test('joins lines of one comment', () => {
  expect(textsOf('a.mjs', '// One sentence over\n// two lines.\nx();\n// Another.\n')).toEqual([
    'One sentence over\ntwo lines.',
    'Another.',
  ]);
});

test('reads the script and the markup of a component', () => {
  const source = '<script lang="ts">\n  // In the script.\n</script>\n\n<!-- In the markup. -->\n<p>Text</p>\n';
  expect(passagesOf('A.svelte', source)).toEqual([
    { line: 2, text: 'In the script.' },
    { line: 5, text: 'In the markup.' },
  ]);
});

test('reads paragraphs and list items of a page without headings, tables and code', () => {
  const page = '# Title\n\nOne [link](a.md).\n\n- Item one.\n- Item two.\n\n| a | b |\n| - | - |\n\n```sh\ncode\n```\n';
  expect(textsOf('a.md', page).map((text) => text.trim())).toEqual(['One link.', 'Item one.', 'Item two.']);
});

test('reads the texts of the interface with their lines', () => {
  expect(passagesOf('messages/en.json', '{\n  "a": "One \\"two\\"",\n  "b": "Three"\n}\n')).toEqual([
    { line: 2, text: 'One "two"' },
    { line: 3, text: 'Three' },
  ]);
});

test('counts the words of a title without the ids of its rules', () => {
  const source = "test('[HOLD-1] [SEE-2, TURN-3] keeps one – two', f); test.each(rows)(`shows ${name}`, f);";
  expect(titlesOfTests(source).map(({ text }) => text)).toEqual(['keeps one – two', 'shows ${name}']);
  expect(wordsOf('keeps one – two')).toBe(3);
});
