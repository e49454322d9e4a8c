import type { ListEntry } from '@baton/protocol';
import type { Every } from '../../timing/every.ts';

export interface ListSlicesParts {
  /** Sends one frame to these connections; never called with none. */
  emit: (connections: string[], frame: ListEntry[]) => void;
  every: Every;
}

/** Each slice costs one more serialisation of the frame, so small slices do not pay. */
const MIN_SLICE = 32;
/** All slices leave before the next frame is due. */
const MAX_SLICES = 8;
const INTERVAL_MS = 25;

/**
 * Sends a frame to many connections in slices. A frame of 120 KB for 200 connections at once blocks the process so long
 * that it shows in the 99th percentile of message latency.
 */
export class ListSlices {
  readonly #parts: ListSlicesParts;
  /** The remaining slices, by interval. */
  #turns: (() => void)[][] = [];
  #stop: (() => void) | null = null;

  constructor(parts: ListSlicesParts) {
    this.#parts = parts;
  }

  /** Sends the first slice at once. Call `finish` first if an earlier frame may have slices left. */
  send(connections: string[], frame: ListEntry[]): void {
    const size = Math.max(MIN_SLICE, Math.ceil(connections.length / MAX_SLICES));
    const [first = [], ...others] = slices(connections, size);
    if (first.length > 0) this.#parts.emit(first, frame);
    for (const [turn, slice] of others.entries()) {
      const due = (this.#turns[turn] ??= []);
      due.push(() => this.#parts.emit(slice, frame));
    }
    if (this.#turns.length > 0) this.#stop ??= this.#parts.every(INTERVAL_MS, () => this.#turn());
  }

  /** Sends all remaining slices now. */
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
