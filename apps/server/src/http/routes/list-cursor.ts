import type { ListPosition } from '@baton/database/queries/list-conversations';
import { id } from '@baton/protocol';
import { invalidField } from '../../problems/rejection.ts';

const EXACT_TIME = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?\+00$/;

/** Opaque to callers. */
export function writeCursor({ changedAt, id: conversationId }: ListPosition): string {
  return Buffer.from(`${changedAt}|${conversationId}`).toString('base64url');
}

/** @throws Rejection `invalid`, unless this server wrote the cursor */
export function readCursor(cursor: string): ListPosition {
  const [changedAt = '', conversationId = ''] = Buffer.from(cursor, 'base64url').toString().split('|');
  const isTime = EXACT_TIME.test(changedAt) && !Number.isNaN(Date.parse(changedAt));
  if (!isTime || !id.safeParse(conversationId).success)
    throw invalidField('cursor', 'must be a nextCursor of this list');
  return { changedAt, id: conversationId };
}
