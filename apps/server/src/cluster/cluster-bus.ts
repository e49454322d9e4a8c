import type { ClusterMessage } from './messages.ts';

export interface ClusterListener {
  received?(message: ClusterMessage, node: string): void;
  /** Messages were lost: read the database now. */
  missed?(): void;
  /** The node left, or stopped sending heartbeats. */
  nodeGone?(node: string): void;
  /** Another node wants a `snapshot` of this one. */
  snapshotRequested?(): void;
}

/** The message bus between nodes. Messages are hints: publishing never waits, never throws, and may lose them. */
export interface ClusterBus {
  publish(message: ClusterMessage): void;
  subscribe(listener: ClusterListener): void;
  /** How many other nodes send heartbeats. */
  readonly peers: number;
  close(): Promise<void>;
}

/** The bus without `REDIS_URL`: nodes learn of each other's commits from the database alone. */
export const singleNode: ClusterBus = {
  publish() {},
  subscribe() {},
  peers: 0,
  close: () => Promise.resolve(),
};
