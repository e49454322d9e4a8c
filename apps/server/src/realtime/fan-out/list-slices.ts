import type { ListEntry } from '@baton/protocol';
import type { Every } from '../ports.ts';

export interface ListSlicesParts {
  /** Writes one frame to these connections, at least one. */
  emit: (connections: string[], frame: ListEntry[]) => void;
  every: Every;
}

/** Connections that are written to in one go at least: each slice costs one more serialisation of the frame. */
const SLICE = 32;
/** All have theirs before the next frame is due. */
const MOST_SLICES = 8;
const EVERY_MS = 25;

/**
 * Writes a frame for many connections some at a time. 120 KB for 200 at once keep this process, and whoever is at the other
 * end, from all else for so long that it showed in every hundredth message.
 */
export class ListSlices {
  readonly #parts: ListSlicesParts;
  /** Still to be written, by turn. */
  #turns: (() => void)[][] = [];
  #stop: (() => void) | null = null;

  constructor(parts: ListSlicesParts) {
    this.#parts = parts;
  }

  /** The first slice of it goes at once. What is left of an earlier frame must have gone: `finish`. */
  send(connections: string[], frame: ListEntry[]): void {
    const size = Math.max(SLICE, Math.ceil(connections.length / MOST_SLICES));
    const [first = [], ...others] = slices(connections, size);
    if (first.length > 0) this.#parts.emit(first, frame);
    for (const [turn, slice] of others.entries()) {
      const due = (this.#turns[turn] ??= []);
      due.push(() => this.#parts.emit(slice, frame));
    }
    if (this.#turns.length > 0) this.#stop ??= this.#parts.every(EVERY_MS, () => this.#turn());
  }

  /** Writes now whatever is left. */
  finish(): void {
    while (this.#turns.length > 0) this.#turn();
  }

  #turn(): void {
    for (const emit of this.#turns.shift() ?? []) emit();
    if (this.#turns.length > 0) return;
    this.#stop?.();
    this.#stop = null;
  }
}

function slices<Item>(items: Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, nth) => items.slice(nth * size, (nth + 1) * size));
}
