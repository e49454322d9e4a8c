/** A phone's keyboard covers the page without resizing it, so the panel follows the visual viewport. */
export function keepInSight(panel: HTMLElement, signal: AbortSignal): void {
  const viewport = globalThis.visualViewport;
  if (!viewport) return;
  const update = (): void => {
    // A zoomed page scrolls inside the viewport: leave the panel alone.
    const isWhole = viewport.scale < 1.01;
    set(panel, '--seen-height', isWhole ? `${viewport.height}px` : null);
    set(panel, '--seen-top', isWhole ? `${viewport.offsetTop}px` : null);
  };
  viewport.addEventListener('resize', update, { signal });
  viewport.addEventListener('scroll', update, { signal });
}

/** A policy against inline styles still allows scripts to set properties. */
function set(panel: HTMLElement, property: string, value: string | null): void {
  if (value === null) panel.style.removeProperty(property);
  else panel.style.setProperty(property, value);
}
