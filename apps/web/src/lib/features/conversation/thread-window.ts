import type { Message } from '@baton/protocol';

/**
 * The part of a long thread on and around the screen, by `seq`. A `toSeq` of null follows the end of the thread. Null
 * instead of a window stands for the newest messages.
 */
export interface ThreadWindow {
  fromSeq: number;
  toSeq: number | null;
}

/** Messages added when an end is reached. */
export const STEP = 100;
/** Messages shown at the end of a thread. */
export const TAIL = 200;
/** Upper bound of messages in the page; distant ones are removed. */
export const MOST = 400;

export function inWindow(messages: readonly Message[], window: ThreadWindow | null): readonly Message[] {
  const [from, to] = bounds(messages, window);
  return from === 0 && to === messages.length ? messages : messages.slice(from, to);
}

/** Null where no earlier message is loaded. */
export function earlier(messages: readonly Message[], window: ThreadWindow | null): ThreadWindow | null {
  const [from, to] = bounds(messages, window);
  if (from === 0) return null;
  const start = Math.max(0, from - STEP);
  return between(messages, start, Math.min(to, start + MOST));
}

/** Null where the window reaches the end. */
export function later(messages: readonly Message[], window: ThreadWindow | null): ThreadWindow | null {
  const [from, to] = bounds(messages, window);
  if (to === messages.length) return null;
  const end = Math.min(messages.length, to + STEP);
  return between(messages, Math.max(from, end - MOST), end);
}

/** A window with this message in its middle. */
export function around(messages: readonly Message[], seq: number): ThreadWindow {
  const at = indexOf(messages, seq);
  return between(messages, Math.max(0, at - STEP), Math.min(messages.length, at + STEP));
}

/** For a reader further up: keeps earlier messages, and adds new ones up to the bound. */
export function held(messages: readonly Message[], window: ThreadWindow | null): ThreadWindow {
  const [from, to] = bounds(messages, window);
  return between(messages, from, Math.min(to, from + MOST));
}

export function reachesEnd(messages: readonly Message[], window: ThreadWindow | null): boolean {
  return bounds(messages, window)[1] === messages.length;
}

function between(messages: readonly Message[], from: number, to: number): ThreadWindow {
  const isToEnd = to === messages.length;
  return { fromSeq: messages[from]?.seq ?? 0, toSeq: isToEnd ? null : (messages[to - 1]?.seq ?? null) };
}

/** Index of the first message, and the index after the last. */
function bounds(messages: readonly Message[], window: ThreadWindow | null): [from: number, to: number] {
  if (window === null) return [Math.max(0, messages.length - TAIL), messages.length];
  const to = window.toSeq === null ? messages.length : indexOf(messages, window.toSeq + 1);
  return [indexOf(messages, window.fromSeq), to];
}

/** Index of the first message with this `seq` or a later one, by binary search. */
function indexOf(messages: readonly Message[], seq: number): number {
  let [low, high] = [0, messages.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((messages[middle]?.seq ?? 0) < seq) low = middle + 1;
    else high = middle;
  }
  return low;
}
