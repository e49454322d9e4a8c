import type { ConversationKey } from '@baton/runtime';

/** Room names contain the workspace, so a leaked conversation id gives no access to another workspace (SEE-5). */
export const watchersOf = ({ workspaceId, conversationId }: ConversationKey): string =>
  `watch:${workspaceId}:${conversationId}`;

export const everyoneIn = (workspaceId: string): string => `workspace:${workspaceId}`;

/** All connections of one teammate in this workspace. */
export const connectionsOf = (workspaceId: string, teammateId: string): string => `person:${workspaceId}:${teammateId}`;

/** Socket.IO serialises a frame before it looks for receivers, and most conversations change without a watcher. */
export function isAnyoneIn(namespace: { adapter: { rooms: ReadonlyMap<string, unknown> } }, room: string): boolean {
  return namespace.adapter.rooms.has(room);
}

export const customerOf = ({ workspaceId, conversationId }: ConversationKey): string =>
  `customer:${workspaceId}:${conversationId}`;
