import { type HolderFilter, listConversations } from '@baton/database/queries/list-conversations';
import { countConversations } from '@baton/database/queries/count-conversations';
import { findConversation } from '@baton/database/queries/conversations';
import { conversation, conversationCounts, conversationQuery, MAX_COUNTED } from '@baton/protocol';
import { createRoute, z } from '@hono/zod-openapi';
import type { AppDeps } from '../../deps.ts';
import { apiRouter } from './api-router.ts';
import type { Guard } from '../middleware/caller-guard.ts';
import { readCursor, writeCursor } from './list-cursor.ts';
import { found } from '../../problems/rejection.ts';
import { byId, json } from './route-parts.ts';

const tags = ['Conversations'];

const list = (guard: Guard) =>
  createRoute({
    operationId: 'listConversations',
    method: 'get',
    path: '/conversations',
    tags,
    summary: 'List conversations, latest change first',
    middleware: guard('conversation.read'),
    request: { query: conversationQuery },
    responses: {
      200: json(
        z.object({ items: z.array(conversation), nextCursor: z.string().nullable() }),
        'A page; each conversation has the caller’s unread count',
      ),
    },
  });

const counts = (guard: Guard) =>
  createRoute({
    operationId: 'countConversations',
    method: 'get',
    path: '/conversations/counts',
    tags,
    summary: 'Count open conversations: all, assigned to the caller, unassigned, and by state',
    middleware: guard('conversation.read'),
    responses: { 200: json(conversationCounts, `Counts, each capped at ${MAX_COUNTED}`) },
  });

const read = (guard: Guard) =>
  createRoute({
    operationId: 'getConversation',
    method: 'get',
    path: '/conversations/{id}',
    tags,
    summary: 'Get a conversation',
    middleware: guard('conversation.read'),
    request: { params: byId },
    responses: { 200: json(conversation, 'The conversation, with the caller’s unread count') },
  });

export function conversationRoutes({ db }: AppDeps, guard: Guard) {
  return apiRouter()
    .openapi(list(guard), async (c) => {
      const { workspace, teammate } = c.get('caller');
      const { state, status, holder, assignee, q, updatedSince, limit, cursor } = c.req.valid('query');
      const filter = {
        state,
        status,
        holder: holderOf(holder, teammate.id),
        assigneeId: assigneeOf(assignee, teammate.id),
        text: q?.trim(),
        changedSince: updatedSince === undefined ? undefined : new Date(updatedSince),
      };
      const page = { limit, after: cursor === undefined ? null : readCursor(cursor) };
      const { items, end } = await listConversations(db, workspace.id, teammate.id, filter, page);
      return c.json({ items, nextCursor: end && writeCursor(end) }, 200);
    })
    .openapi(counts(guard), async (c) => {
      const { workspace, teammate } = c.get('caller');
      return c.json(await countConversations(db, workspace.id, teammate.id), 200);
    })
    .openapi(read(guard), async (c) => {
      const { workspace, teammate } = c.get('caller');
      const key = { workspaceId: workspace.id, conversationId: c.req.valid('param').id };
      return c.json(found(await findConversation(db, key, teammate.id)), 200);
    });
}

function holderOf(holder: string | undefined, me: string): HolderFilter | undefined {
  switch (holder) {
    case undefined:
    case 'agent':
    case 'team':
    case 'external':
    case 'someone':
      return holder;
    case 'me':
      return { teammateId: me };
    default:
      return { teammateId: holder };
  }
}

function assigneeOf(assignee: string | undefined, me: string): string | null | undefined {
  if (assignee === 'me') return me;
  return assignee === 'none' ? null : assignee;
}
