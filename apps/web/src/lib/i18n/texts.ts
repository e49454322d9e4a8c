type Message = () => string;

type Texts<M extends Record<string, Message>> = { readonly [K in keyof M]: string };

/** Messages without parameters as plain texts. Each is looked up when it is shown, in the language of that moment. */
export function texts<M extends Record<string, Message>>(messages: M): Texts<M>;
/** @param more what needs parameters, or texts in a folder of their own */
export function texts<M extends Record<string, Message>, R extends object>(messages: M, more: R): Texts<M> & R;
export function texts(messages: Record<string, Message>, more: object = {}): object {
  for (const [name, message] of Object.entries(messages)) {
    Object.defineProperty(more, name, { get: () => message(), enumerable: true });
  }
  return more;
}
