/** The visible heading that names the page. On a phone an open conversation replaces the list. */
export function headingOf(content: HTMLElement): HTMLElement {
  const headings = [...content.querySelectorAll<HTMLElement>('h1')];
  return headings.find((heading) => heading.checkVisibility()) ?? content;
}

/** Moves the focus to the heading for keyboard and screen reader users, unless something else has it. */
export function putFocusAt(heading: HTMLElement): void {
  const held = document.activeElement;
  if (held !== null && held !== document.body && held.checkVisibility()) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}
