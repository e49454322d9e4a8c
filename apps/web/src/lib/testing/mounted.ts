import { flushSync, unmount } from 'svelte';
import { onTestFinished } from 'vitest';

/** Mounts a component for one test. */
export function mounted(put: (target: HTMLElement) => Parameters<typeof unmount>[0]): void {
  const instance = put(document.body);
  flushSync();
  onTestFinished(() => unmount(instance));
}
