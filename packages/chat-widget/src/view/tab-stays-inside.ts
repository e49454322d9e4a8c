const REACHED = 'button, input, textarea, [tabindex="0"]';

/** Keeps Tab inside: after the last element comes the first, and the reverse. */
export function tabStaysInside(inside: HTMLElement, event: KeyboardEvent): void {
  const stops = [...inside.querySelectorAll<HTMLElement>(REACHED)].filter(
    (stop) => stop.checkVisibility() && !stop.matches(':disabled'),
  );
  const [first, last] = event.shiftKey ? [stops.at(-1), stops[0]] : [stops[0], stops.at(-1)];
  if (event.target !== last) return;
  event.preventDefault();
  first?.focus();
}
