/** A message that is being read, and how far below the top of the screen it stands. */
interface Anchor {
  seq: string;
  top: number;
}

/** The first message in sight. */
export function anchorOf(scroller: HTMLElement): Anchor | null {
  const edge = scroller.getBoundingClientRect().top;
  for (const element of scroller.querySelectorAll<HTMLElement>('[data-seq]')) {
    const { top, bottom } = element.getBoundingClientRect();
    if (bottom > edge) return { seq: element.dataset['seq'] ?? '', top: top - edge };
  }
  return null;
}

/** Puts it back where it stood. */
export function keep(scroller: HTMLElement, { seq, top }: Anchor): void {
  const element = scroller.querySelector(`[data-seq="${seq}"]`);
  if (!element) return;
  const moved = element.getBoundingClientRect().top - scroller.getBoundingClientRect().top - top;
  if (Math.abs(moved) >= 1) scroller.scrollTop += moved;
}
