import type { TeamUpdates } from '../ports.ts';
import type { FanOut } from '../realtime/fan-out/fan-out.ts';
import type { PresenceChange, PresenceRegistry } from '../realtime/presence/presence-registry.ts';
import type { ClusterBus } from './cluster-bus.ts';
import type { ClusterMessage } from './messages.ts';

export interface RemoteNodesParts {
  bus: ClusterBus;
  presence: PresenceRegistry;
  fanOut: FanOut;
  /** For the sockets of this node. */
  updates: TeamUpdates;
  /** Messages of other nodes were lost. */
  onMissed: () => void;
  /** A session, a key or a membership may have ended. */
  onAccessChanged: () => void;
}

const MAX_CONVERSATIONS_PER_MESSAGE = 200;

/** Applies the messages of other nodes to this node's sockets, and publishes this node's presence. */
export class RemoteNodes {
  readonly #parts: RemoteNodesParts;
  #isSnapshotRequested = false;

  constructor(parts: RemoteNodesParts) {
    this.#parts = parts;
    parts.presence.subscribe((change) => this.#publish(change));
    parts.bus.subscribe({
      received: (message, node) => this.#applyRemoteChange(message, node),
      nodeGone: (node) => parts.presence.removeNode(node),
      snapshotRequested: () => (this.#isSnapshotRequested = true),
      missed: parts.onMissed,
    });
  }

  /** Publishes one snapshot for all requests since the last call. Call it every 250 ms. */
  answerRequests(): void {
    if (!this.#isSnapshotRequested) return;
    this.#isSnapshotRequested = false;
    const { bus, presence } = this.#parts;
    const { connections, replying } = presence.local();
    const firstPart = connections.splice(0, MAX_CONVERSATIONS_PER_MESSAGE);
    bus.publish({ type: 'snapshot', isFirst: true, connections: firstPart, replying });
    while (connections.length > 0) {
      const nextPart = connections.splice(0, MAX_CONVERSATIONS_PER_MESSAGE);
      bus.publish({ type: 'snapshot', isFirst: false, connections: nextPart, replying: [] });
    }
  }

  #publish({ key, part, isLocal }: PresenceChange): void {
    if (!isLocal) return;
    const { bus, presence } = this.#parts;
    if (part === 'connections') bus.publish({ type: 'connections', ...presence.localConnections(key) });
    else bus.publish({ type: 'replying', ...presence.localAgent(key) });
  }

  #applyRemoteChange(message: ClusterMessage, node: string): void {
    const { presence, fanOut, updates, onAccessChanged } = this.#parts;
    switch (message.type) {
      case 'changed':
        return fanOut.changed(message.key, message.conversation, message.messages);
      case 'delivered':
        return fanOut.delivered(message.key, message.messages);
      case 'drafted':
        return fanOut.drafted(message.key, message.draft);
      case 'connections':
        return presence.setRemote(node, message);
      case 'replying':
        return presence.setRemoteAgent(node, message);
      case 'snapshot':
        if (message.isFirst) return presence.replaceRemote(node, message);
        for (const each of message.connections) presence.setRemote(node, each);
        return undefined;
      case 'read':
        return updates.read(message.reader, message.marker);
      case 'agentsChanged':
        return updates.agentsChanged(message.workspaceId);
      case 'accessChanged':
        return onAccessChanged();
      case 'replyInvalidated':
      case 'requestSnapshot':
      case 'leaving':
        return undefined;
    }
  }
}
