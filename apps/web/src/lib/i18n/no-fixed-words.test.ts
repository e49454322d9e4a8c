import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'svelte/compiler';
import { expect, test } from 'vitest';

const SOURCE = fileURLToPath(new URL('../..', import.meta.url));
/** Attributes that people read or hear. */
const SPOKEN = new Set([
  'aria-label',
  'aria-description',
  'aria-roledescription',
  'placeholder',
  'title',
  'alt',
  'label',
]);
/** The same in every language: our name, and addresses. */
const NAMES = /\bBaton\b|https?:\/\/\S*/g;

/** The words that a component says in one language only. */
function fixedWords(source: string): string[] {
  const found: string[] = [];
  visit(parse(source, { modern: true }).fragment);
  return found;

  function visit(node: unknown, attribute = ''): void {
    if (Array.isArray(node)) return node.forEach((child) => visit(child, attribute));
    if (typeof node !== 'object' || node === null || !('type' in node)) return;
    const { type, name, data } = node as { type: string; name?: string; data?: string };
    if (type === 'RegularElement' && (name === 'style' || name === 'script')) return;
    if (type === 'Text' && (attribute === '' || SPOKEN.has(attribute))) say(data ?? '');
    const inside = type === 'Attribute' ? (name ?? '?') : attribute;
    if (type.endsWith('Directive') || (type === 'Attribute' && !SPOKEN.has(inside))) return;
    for (const [key, child] of Object.entries(node)) if (key !== 'type' && key !== 'metadata') visit(child, inside);
  }

  function say(text: string): void {
    const words = text.replace(NAMES, '').trim();
    if (/\p{L}/u.test(words)) found.push(words);
  }
}

test('finds fixed words in text and in accessible names', () => {
  expect(fixedWords('<p class="big">Hello {name}</p>')).toEqual(['Hello']);
  expect(fixedWords('<button aria-label="Close">{x}</button>')).toEqual(['Close']);
  expect(fixedWords('<input placeholder="Type, {name}" id="field" />')).toEqual(['Type,']);
  expect(fixedWords('{#if yes}<title>{title} · Baton</title>{:else}<b>No</b>{/if}')).toEqual(['No']);
  expect(fixedWords('<script lang="ts">const a: string = "Hello";</script><p dir="auto">{a} — 1</p>')).toEqual([]);
});

test.each(globSync('**/*.svelte', { cwd: SOURCE }))('%s says nothing in one language only', (file) => {
  expect(fixedWords(readFileSync(`${SOURCE}/${file}`, 'utf8'))).toEqual([]);
});
