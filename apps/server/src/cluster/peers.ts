import type { Frame } from './messages.ts';

export interface Received {
  /** The first frame of this node, or the first since it was removed. */
  isNew: boolean;
  /** Messages of the node are missing: lost, or sent before this node subscribed. */
  isBehind: boolean;
  /** Messages not received before. */
  messages: unknown[];
}

interface Peer {
  /** The number of the next message. */
  next: number;
  /** Rounds since its last frame. */
  silentRounds: number;
  /** False until this node receives a frame on its current connection. */
  isAlive: boolean;
}

/** Nodes send a frame every round. A node that stays silent for more rounds than this is gone. */
export const MAX_SILENT_ROUNDS = 4;

/** The other nodes. Counts rounds instead of time, so a node that was suspended does not take all others for dead. */
export class Peers {
  readonly #peers = new Map<string, Peer>();

  get alive(): number {
    return [...this.#peers.values()].filter(({ isAlive }) => isAlive).length;
  }

  /** Peers count as alive again once they send a frame on the new connection. */
  connectionReplaced(): void {
    for (const peer of this.#peers.values()) peer.isAlive = false;
  }

  receive({ node, first, messages }: Frame): Received {
    const known = this.#peers.get(node);
    const next = known?.next ?? 0;
    const end = first + messages.length;
    this.#peers.set(node, { next: Math.max(next, end), silentRounds: 0, isAlive: true });
    return {
      isNew: known === undefined,
      isBehind: first > next,
      messages: messages.slice(Math.max(0, next - first)),
    };
  }

  remove(node: string): void {
    this.#peers.delete(node);
  }

  /** Removes and returns the nodes that have been silent for too long. */
  nextRound(): string[] {
    const gone: string[] = [];
    for (const [node, peer] of this.#peers) {
      peer.silentRounds += 1;
      if (peer.silentRounds <= MAX_SILENT_ROUNDS) continue;
      this.#peers.delete(node);
      gone.push(node);
    }
    return gone;
  }
}
