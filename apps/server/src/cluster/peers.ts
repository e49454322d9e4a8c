import type { Frame } from './messages.ts';

export interface Heard {
  /** Not heard before, or not since it was given up. */
  isNew: boolean;
  /** Words of it are lost, or were said before this node listened. */
  isBehind: boolean;
  /** Those not heard before. */
  words: unknown[];
}

interface Peer {
  next: number;
  /** Rounds since it was last heard. */
  silent: number;
  /** Since this node listens on the connection that it has now. */
  isHeard: boolean;
}

/** A node says something every round; silent for so many, it is gone. */
export const GONE_AFTER = 4;

/**
 * The other nodes, by what they say. Counts rounds, not time: a node that stood still itself must not take all the others
 * for dead when it wakes.
 */
export class Peers {
  readonly #peers = new Map<string, Peer>();

  /** Those that are heard: not those of which it is only not known yet that they are gone. */
  get heard(): number {
    return [...this.#peers.values()].filter(({ isHeard }) => isHeard).length;
  }

  /** This node listens on another connection than before. */
  listenAnew(): void {
    for (const peer of this.#peers.values()) peer.isHeard = false;
  }

  hear({ node, first, words }: Frame): Heard {
    const known = this.#peers.get(node);
    const next = known?.next ?? 0;
    const end = first + words.length;
    this.#peers.set(node, { next: Math.max(next, end), silent: 0, isHeard: true });
    return {
      isNew: known === undefined,
      isBehind: first > next,
      words: words.slice(Math.max(0, next - first)),
    };
  }

  /** It said goodbye. */
  forget(node: string): boolean {
    return this.#peers.delete(node);
  }

  /** One round more; gives those that are gone. */
  round(): string[] {
    const gone: string[] = [];
    for (const [node, peer] of this.#peers) {
      peer.silent += 1;
      if (peer.silent <= GONE_AFTER) continue;
      this.#peers.delete(node);
      gone.push(node);
    }
    return gone;
  }
}
