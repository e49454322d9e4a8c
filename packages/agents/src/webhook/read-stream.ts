import { webhookDelta } from '@baton/protocol';

/** Reads a streamed answer line by line: each `{"delta": {"text"}}` adds to the text so far. */
export class DeltaReader {
  readonly #onPartial: (text: string) => void;
  #rest = '';
  #text = '';

  constructor(onPartial: (text: string) => void) {
    this.#onPartial = onPartial;
  }

  /** Skips lines without a delta: the last of them is the answer, read once the stream has ended. */
  take(text: string): void {
    const lines = `${this.#rest}${text}`.split('\n');
    this.#rest = lines.pop() ?? '';
    const before = this.#text;
    for (const each of lines) this.#text += deltaOf(each);
    if (this.#text !== before) this.#onPartial(this.#text);
  }
}

/** The last line of a stream is the answer. */
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
