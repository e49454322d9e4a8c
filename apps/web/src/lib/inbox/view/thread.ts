import type { Message } from '@baton/protocol';

/**
 * The loaded end of one conversation. Frames may come twice, late or in any order; what counts is each message's
 * `revision`, and which revisions of the conversation have been heard of.
 */
export interface Thread {
  /** Ascending by `seq`, from `fromSeq` on. `firstMissing` finds gaps. */
  messages: readonly Message[];
  /** The first loaded `seq`; older ones are loaded on demand. */
  fromSeq: number;
  /** Everything up to here was fetched, or was complete when the server named its head. */
  confirmed: number;
  /** Every revision up to here has been heard of. */
  synced: number;
  /** Revisions above `synced` that have been heard of. */
  heard: readonly number[];
  /** The highest revision that anything has mentioned. */
  target: number;
}

export function openThread(fromSeq: number, revision: number): Thread {
  return { messages: [], fromSeq, confirmed: revision, synced: revision, heard: [], target: revision };
}

/** Records a frame that carries this revision. */
export function hear(thread: Thread, revision: number): Thread {
  const target = Math.max(thread.target, revision);
  if (revision <= thread.synced || thread.heard.includes(revision)) return { ...thread, target };
  return settle({ ...thread, target, heard: [...thread.heard, revision] });
}

/** Every change after `confirmed` has been fetched, up to this revision at least. */
export function confirm(thread: Thread, revision: number): Thread {
  const confirmed = Math.max(thread.confirmed, revision);
  const synced = Math.max(thread.synced, confirmed);
  return settle({ ...thread, confirmed, synced, target: Math.max(thread.target, confirmed) });
}

/** Compares with the server's head: a complete thread is confirmed up to it. */
export function compareHead(thread: Thread, revision: number, lastSeq: number): Thread {
  const heardOf = { ...thread, target: Math.max(thread.target, revision) };
  if (firstMissing(heardOf, lastSeq) !== null || heardOf.synced < revision) return heardOf;
  return { ...heardOf, confirmed: Math.max(heardOf.confirmed, revision) };
}

/** A broken connection may have cut frames anywhere: only confirmed revisions count. */
export function doubt(thread: Thread): Thread {
  return { ...thread, synced: thread.confirmed, heard: [] };
}

/** Newer revisions win. Messages before the loaded part are left out, because they would leave a gap. */
export function mergeMessages(thread: Thread, incoming: readonly Message[]): Thread {
  const bySeq = new Map(thread.messages.map((message) => [message.seq, message]));
  let changed = false;
  for (const message of incoming) {
    const known = bySeq.get(message.seq);
    if (message.seq < thread.fromSeq || (known && known.revision >= message.revision)) continue;
    bySeq.set(message.seq, message);
    changed = true;
  }
  if (!changed) return thread;
  return { ...thread, messages: [...bySeq.values()].sort((a, b) => a.seq - b.seq) };
}

/** Adds a page of older messages that ends where the loaded ones begin. */
export function prependOlder(thread: Thread, older: readonly Message[], reachesStart: boolean): Thread {
  const first = reachesStart ? 1 : Math.min(thread.fromSeq, ...older.map((message) => message.seq));
  return mergeMessages({ ...thread, fromSeq: first }, older);
}

/** The first `seq` of the loaded range that is not here, or null. */
export function firstMissing(thread: Thread, lastSeq: number): number | null {
  let expected = thread.fromSeq;
  for (const message of thread.messages) {
    if (message.seq !== expected) return expected;
    expected += 1;
  }
  return expected <= lastSeq ? expected : null;
}

function settle(thread: Thread): Thread {
  let synced = thread.synced;
  const heard = new Set(thread.heard);
  while (heard.has(synced + 1)) synced += 1;
  return { ...thread, synced, heard: thread.heard.filter((revision) => revision > synced) };
}
