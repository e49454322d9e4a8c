/** A message and its distance from the top of the view. */
interface Anchor {
  seq: string;
  top: number;
}

/** The first visible message. */
export function anchorOf(scroller: HTMLElement): Anchor | null {
  const edge = scroller.getBoundingClientRect().top;
  for (const element of scroller.querySelectorAll<HTMLElement>('[data-seq]')) {
    const { top, bottom } = element.getBoundingClientRect();
    if (bottom > edge) return { seq: element.dataset['seq'] ?? '', top: top - edge };
  }
  return null;
}

/** Scrolls the message back to its distance from the top. */
export function keep(scroller: HTMLElement, { seq, top }: Anchor): void {
  const element = scroller.querySelector(`[data-seq="${seq}"]`);
  if (!element) return;
  const moved = element.getBoundingClientRect().top - scroller.getBoundingClientRect().top - top;
  if (Math.abs(moved) >= 1) scroller.scrollTop += moved;
}
