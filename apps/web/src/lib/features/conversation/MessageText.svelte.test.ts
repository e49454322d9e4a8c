import { flushSync, mount, unmount } from 'svelte';
import { afterEach, expect, test } from 'vitest';
import MessageText from './MessageText.svelte';

let component: ReturnType<typeof mount> | undefined;
afterEach(() => component && unmount(component));

function shown(text: string): HTMLElement {
  component = mount(MessageText, { target: document.body, props: { text } });
  flushSync();
  const paragraph = document.querySelector<HTMLElement>('p[dir="auto"]');
  if (!paragraph) throw new Error('no text is shown');
  return paragraph;
}

test('disables kerning for 10 000-letter words, which would freeze layout', () => {
  const paragraph = shown('W'.repeat(10_000));
  expect(getComputedStyle(paragraph).fontKerning).toBe('none');
  expect(paragraph.textContent?.trim()).toHaveLength(10_000);
});

test('keeps kerning for other text', () => {
  expect(getComputedStyle(shown('many words '.repeat(900))).fontKerning).toBe('auto');
});
