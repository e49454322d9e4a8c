const REACHED = 'button, input, textarea, [tabindex="0"]';

/** Tab at the end goes to the beginning, and back. */
export function tabStaysInside(inside: HTMLElement, event: KeyboardEvent): void {
  const stops = [...inside.querySelectorAll<HTMLElement>(REACHED)].filter(
    (stop) => stop.checkVisibility() && !stop.matches(':disabled'),
  );
  const [first, last] = event.shiftKey ? [stops.at(-1), stops[0]] : [stops[0], stops.at(-1)];
  if (event.target !== last) return;
  event.preventDefault();
  first?.focus();
}
