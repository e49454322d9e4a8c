import ts from 'typescript';

/** @typedef {{ line: number, text: string }} Passage One comment, paragraph or text of the interface. */

/** @returns {Passage[]} all that a person reads in a file */
export function passagesOf(path, source) {
  if (path.endsWith('.svelte')) return commentsOfComponent(source);
  if (path.endsWith('.sql')) return commentsOfSql(source);
  if (path.endsWith('.md')) return paragraphsOfPage(source);
  if (path.endsWith('.json')) return textsOfMessages(source);
  return commentsOfScript(source);
}

/** Sentences that begin like a noun clause: "What is due is claimed". A question may begin so, and so may a heading. */
const HEADLESS = /^["'“‘(*_`]*(What|Who|Whoever|Whatever|Where)\b(?!['’]s\b)/;

/** A sentence ends with a stop and has at least four words; labels, cells and remarks of three words are none. */
const isSentence = (text) => /[.!?]["'”’)*_`]*$/.test(text) && wordsOf(text) >= 4;

/** Splits a passage into sentences. A stop ends one where a capital letter follows, so names and abbreviations stay whole. */
export function sentencesOf(text) {
  return text
    .replace(/\s+/g, ' ')
    .split(/(?<=[.!?]["'”’)*_`]*) (?=["'“‘(*_`[]*[A-Z])/)
    .map((sentence) => sentence.trim())
    .filter(isSentence);
}

export const isHeadless = (sentence) => HEADLESS.test(sentence) && !/\?["'”’)*_`]*$/.test(sentence);

/** @returns {Passage[]} the comments of a TypeScript or JavaScript file */
function commentsOfScript(source, firstLine = 1) {
  const code = blankLiterals(source);
  const comments = [...code.matchAll(/\/\*[\s\S]*?\*\/|(?:\/\/[^\n]*(?:\n[ \t]*(?=\/\/))?)+/g)];
  return comments.map(({ index, 0: comment }) => ({
    line: firstLine + source.slice(0, index).split('\n').length - 1,
    text: withoutMarkers(comment),
  }));
}

/** @returns {Passage[]} the comments of a component: its scripts, its styles and its markup */
function commentsOfComponent(source) {
  const scripts = [...source.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].flatMap(({ index, 1: code }) =>
    commentsOfScript(code, lineAt(source, index)),
  );
  return [...scripts, ...commentsBetween(source, /<!--([\s\S]*?)-->/g)];
}

/** @returns {Passage[]} the comments of an SQL file */
const commentsOfSql = (source) => commentsBetween(source, /(?:--[^\n]*(?:\n[ \t]*(?=--))?)+/g);

/** @returns {Passage[]} the paragraphs and list items of a Markdown page, without its headings, tables and code */
function paragraphsOfPage(source) {
  const prose = source.replace(/^ *(```|~~~)[\s\S]*?^ *\1/gm, blank).replace(/^(#.*|\|.*)$/gm, blank);
  return prose.split(/(\n\s*\n|\n(?=\s*(?:[-*]|\d+\.) ))/).reduce(
    ({ line, found }, part) => ({
      line: line + part.split('\n').length - 1,
      found: /[A-Za-z]/.test(part)
        ? [
            ...found,
            { line, text: part.replace(/^\s*(?:[-*>|]|\d+\.)\s+/, '').replace(/\[([^\]]*)\]\([^)]*\)/g, '$1') },
          ]
        : found,
    }),
    { line: 1, found: [] },
  ).found;
}

/** @returns {Passage[]} the values of a file of messages */
function textsOfMessages(source) {
  const lines = source.split('\n');
  return lines.flatMap((text, index) => {
    const value = /^\s*"[^"]+":\s*"(.*)",?$/.exec(text)?.[1];
    return value === undefined ? [] : [{ line: index + 1, text: value.replace(/\\"/g, '"') }];
  });
}

const TITLE = /\b(?:test|it|describe)(?:\.\w+)*(?:\([^()]*\))?\(\s*(['"`])((?:\\.|(?!\1)[^\\])*)\1/g;
const RULES = /^(?:\[[A-Z]+-\d+(?:,\s*[A-Z]+-\d+)*\]\s*)+/;

/** @returns {Passage[]} the titles in a test file, without the ids of their rules */
export function titlesOfTests(source) {
  return [...source.matchAll(TITLE)].map(({ index, 2: title }) => ({
    line: lineAt(source, index),
    text: title.replace(RULES, ''),
  }));
}

export const wordsOf = (text) => text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;

/** Keeps the lines, so that a later passage still knows its own. */
const blank = (code) => code.replace(/[^\n]/g, ' ');

const lineAt = (source, index) => source.slice(0, index).split('\n').length;

const withoutMarkers = (comment) =>
  comment
    .replace(/^\/\*+|\*+\/$/g, '')
    .replace(/^[ \t]*(?:\/\/+|\*|--)[ \t]?/gm, '')
    .trim();

function commentsBetween(source, pattern) {
  return [...source.matchAll(pattern)].map(({ index, 0: all, 1: inner }) => ({
    line: lineAt(source, index),
    text: withoutMarkers(inner ?? all),
  }));
}

/** Blanks strings, templates and regular expressions: `//` in an address begins no comment. */
function blankLiterals(source) {
  const file = ts.createSourceFile('file.ts', source, ts.ScriptTarget.Latest, false);
  const characters = source.split('');
  const visit = (node) => {
    if (ts.isLiteralExpression(node) || ts.isTemplateLiteralToken(node)) {
      const start = ts.skipTrivia(source, node.pos);
      for (let at = start; at < node.end; at += 1) if (characters[at] !== '\n') characters[at] = ' ';
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return characters.join('');
}
