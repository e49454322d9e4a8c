import type { TeamUpdates } from '../ports.ts';
import type { ClusterBus } from './cluster-bus.ts';

/** Sends updates to the sockets of this node, then to the other nodes. */
export function clusterUpdates(local: TeamUpdates, bus: Pick<ClusterBus, 'publish'>): TeamUpdates {
  return {
    read(reader, marker) {
      local.read(reader, marker);
      bus.publish({ type: 'read', reader, marker });
    },
    agentsChanged(workspaceId) {
      local.agentsChanged(workspaceId);
      bus.publish({ type: 'agentsChanged', workspaceId });
    },
  };
}
