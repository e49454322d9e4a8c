/** On a small screen toasts stand below this, while it can be seen: `--head-height` says where it ends. */
export function toastsBelow(head: HTMLElement): { destroy: () => void } {
  const { style } = document.documentElement;
  const measured = new ResizeObserver(() => {
    // One of two panes is hidden there, and leaves the word to the other.
    if (head.offsetHeight > 0) style.setProperty('--head-height', `${head.getBoundingClientRect().bottom}px`);
  });
  measured.observe(head);
  return { destroy: () => measured.disconnect() };
}
