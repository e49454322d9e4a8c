import { flushSync, unmount } from 'svelte';
import { onTestFinished } from 'vitest';

/** Puts a component on the page for the time of one test. */
export function mounted(put: (target: HTMLElement) => Parameters<typeof unmount>[0]): void {
  const instance = put(document.body);
  flushSync();
  onTestFinished(() => unmount(instance));
}
