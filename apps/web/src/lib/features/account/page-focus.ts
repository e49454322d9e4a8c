/** What names a page. A phone shows an open conversation instead of the list: then it is the page. */
export function headingOf(content: HTMLElement): HTMLElement {
  const headings = [...content.querySelectorAll<HTMLElement>('h1')];
  return headings.find((heading) => heading.checkVisibility()) ?? content;
}

/** Whoever came by key or with a screen reader is told where they are, and goes on from there; not who writes already. */
export function putFocusAt(heading: HTMLElement): void {
  const held = document.activeElement;
  if (held !== null && held !== document.body && held.checkVisibility()) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}
