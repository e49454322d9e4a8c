import type { ConversationKey } from '@baton/runtime';

/**
 * Names of rooms. The tenant is part of each, so a conversation's id alone, guessed or leaked, opens no door of another
 * workspace (SEE-5).
 */
export const watchersOf = ({ workspaceId, conversationId }: ConversationKey): string =>
  `watch:${workspaceId}:${conversationId}`;

export const everyoneIn = (workspaceId: string): string => `workspace:${workspaceId}`;

export const customerOf = ({ workspaceId, conversationId }: ConversationKey): string =>
  `customer:${workspaceId}:${conversationId}`;
