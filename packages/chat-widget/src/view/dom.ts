type Attributes = Record<string, string | boolean>;

/** An element with attributes and children. Text becomes text nodes: nothing that anybody writes is ever markup. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) setAttribute(made, name, value);
  made.append(...children);
  return made;
}

export function setAttribute(target: Element, name: string, value: string | boolean): void {
  if (typeof value === 'boolean') target.toggleAttribute(name, value);
  else if (target.getAttribute(name) !== value) target.setAttribute(name, value);
}

/** Only where it differs, so that live regions speak once. */
export function setText(target: Element, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}
