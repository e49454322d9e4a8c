type Attributes = Record<string, string | boolean>;

/** Creates an element. Strings become text nodes, so no message can be markup. */
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

/** Sets the text only if it differs, so that live regions read it out once. */
export function setText(target: Element, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}
