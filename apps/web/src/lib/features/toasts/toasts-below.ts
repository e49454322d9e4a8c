/** On a small screen toasts are placed below this element while it is visible: `--head-height` holds its end. */
export function toastsBelow(head: HTMLElement): { destroy: () => void } {
  const { style } = document.documentElement;
  const measured = new ResizeObserver(() => {
    // One of two panes is hidden there: the visible one sets the height.
    if (head.offsetHeight > 0) style.setProperty('--head-height', `${head.getBoundingClientRect().bottom}px`);
  });
  measured.observe(head);
  return { destroy: () => measured.disconnect() };
}
