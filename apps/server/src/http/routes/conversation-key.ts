import { hasConversation } from '@baton/database/queries/conversations';
import type { Database } from '@baton/database';
import type { ConversationKey } from '@baton/runtime';
import type { Caller } from '../../auth/caller.ts';
import { Rejection } from '../../problems/rejection.ts';

/** The caller's workspace is part of every key, so an id of another one names nothing (SEE-5). */
export function keyOf(caller: Caller, conversationId: string): ConversationKey {
  return { workspaceId: caller.workspace.id, conversationId };
}

/** For reads that would answer an empty list for a conversation that does not exist. @throws Rejection `not_found` */
export async function existingKey(db: Database, caller: Caller, conversationId: string): Promise<ConversationKey> {
  const key = keyOf(caller, conversationId);
  if (!(await hasConversation(db, key))) throw new Rejection('not_found');
  return key;
}
