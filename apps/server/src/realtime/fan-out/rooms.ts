import type { ConversationKey } from '@baton/runtime';

/**
 * Names of rooms. The tenant is part of each, so a conversation's id alone, guessed or leaked, opens no door of another
 * workspace (SEE-5).
 */
export const watchersOf = ({ workspaceId, conversationId }: ConversationKey): string =>
  `watch:${workspaceId}:${conversationId}`;

export const everyoneIn = (workspaceId: string): string => `workspace:${workspaceId}`;

/** Every connection of one person in this workspace. */
export const connectionsOf = (workspaceId: string, teammateId: string): string => `person:${workspaceId}:${teammateId}`;

/** Socket.IO writes a frame before it looks who is there: most conversations change while nobody looks. */
export function isAnyoneIn(namespace: { adapter: { rooms: ReadonlyMap<string, unknown> } }, room: string): boolean {
  return namespace.adapter.rooms.has(room);
}

export const customerOf = ({ workspaceId, conversationId }: ConversationKey): string =>
  `customer:${workspaceId}:${conversationId}`;
