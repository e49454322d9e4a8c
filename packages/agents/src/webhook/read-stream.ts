import { webhookDelta } from '@baton/protocol';

/** Reads a webhook's answer while it comes, line by line: `{"delta": {"text"}}` adds to the text so far. */
export class DeltaReader {
  readonly #onPartial: (text: string) => void;
  #rest = '';
  #text = '';

  constructor(onPartial: (text: string) => void) {
    this.#onPartial = onPartial;
  }

  /** What is no delta is left to whoever reads the whole. */
  take(text: string): void {
    const lines = `${this.#rest}${text}`.split('\n');
    this.#rest = lines.pop() ?? '';
    const before = this.#text;
    for (const each of lines) this.#text += deltaOf(each);
    if (this.#text !== before) this.#onPartial(this.#text);
  }
}

/** Of a stream of lines, the one that is the answer. */
export function lastLine(body: string): string {
  return body.trimEnd().split('\n').at(-1) ?? '';
}

function deltaOf(text: string): string {
  if (!text.startsWith('{"delta"')) return '';
  try {
    const parsed = webhookDelta.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data.delta.text : '';
  } catch {
    return '';
  }
}
