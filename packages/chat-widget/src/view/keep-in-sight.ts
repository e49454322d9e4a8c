/** A phone's keyboard covers the page without making it smaller: the panel is told what is still seen of it. */
export function keepInSight(panel: HTMLElement, signal: AbortSignal): void {
  const seen = globalThis.visualViewport;
  if (!seen) return;
  const tell = (): void => {
    // Who has zoomed in looks at a part, and moves around in it.
    const isWhole = seen.scale < 1.01;
    set(panel, '--seen-height', isWhole ? `${seen.height}px` : null);
    set(panel, '--seen-top', isWhole ? `${seen.offsetTop}px` : null);
  };
  seen.addEventListener('resize', tell, { signal });
  seen.addEventListener('scroll', tell, { signal });
}

/** By script, which a policy against inline styles allows. */
function set(panel: HTMLElement, property: string, value: string | null): void {
  if (value === null) panel.style.removeProperty(property);
  else panel.style.setProperty(property, value);
}
