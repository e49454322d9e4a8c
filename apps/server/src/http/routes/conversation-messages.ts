import { readMessages } from '@baton/database/queries/messages';
import { id, message, messageQuery, sendMessage } from '@baton/protocol';
import { createRoute } from '@hono/zod-openapi';
import { personOf } from '../../auth/caller.ts';
import type { AppDeps } from '../../deps.ts';
import { apiRouter } from './api-router.ts';
import { existingKey, keyOf } from './conversation-key.ts';
import type { Guard } from '../middleware/caller-guard.ts';
import { messageOf } from '../../problems/outcome.ts';
import { invalidField } from '../../problems/rejection.ts';
import { body, byId, json, listOf, problems } from './route-parts.ts';

const tags = ['Messages'];

const list = (guard: Guard) =>
  createRoute({
    operationId: 'listMessages',
    method: 'get',
    path: '/conversations/{id}/messages',
    tags,
    summary: 'List messages: the newest, before a seq, after a seq, or changed since a revision',
    middleware: guard('conversation.read'),
    request: { params: byId, query: messageQuery },
    responses: { 200: json(listOf(message), 'Messages by rising seq') },
  });

const send = (guard: Guard) =>
  createRoute({
    operationId: 'sendMessage',
    method: 'post',
    path: '/conversations/{id}/messages',
    tags,
    summary: 'Send a message to the customer, or write a note to the team',
    middleware: guard('conversation.write'),
    request: { params: byId, body: body(sendMessage) },
    ...problems('stale_view', 'conflict', 'quarantined'),
    responses: { 201: json(message, 'The message; a repeated `clientMessageId` answers the first one again') },
  });

const sendAnyway = (guard: Guard) =>
  createRoute({
    operationId: 'sendMessageAnyway',
    method: 'post',
    path: '/conversations/{id}/messages/{messageId}/send',
    tags,
    summary: 'Send a withheld, failed or uncertain message again, as the caller',
    middleware: guard('conversation.write'),
    request: { params: byId.extend({ messageId: id }) },
    ...problems('conflict', 'quarantined'),
    responses: { 201: json(message, 'The new message') },
  });

export function conversationMessageRoutes({ db, runtime }: AppDeps, guard: Guard) {
  return apiRouter()
    .openapi(list(guard), async (c) => {
      const key = await existingKey(db, c.get('caller'), c.req.valid('param').id);
      const { limit, ...range } = c.req.valid('query');
      // Reading forward must leave no gap; opening a conversation shows its end.
      const forward = range.after !== undefined || range.sinceRevision !== undefined;
      const items = await readMessages(db, key, range, limit, forward ? 'oldest' : 'newest');
      return c.json({ items }, 200);
    })
    .openapi(send(guard), async (c) => {
      const { text, clientMessageId, lastSeenSeq, force = false, note = false } = c.req.valid('json');
      if (lastSeenSeq === undefined && !force && !note) {
        throw invalidField('lastSeenSeq', 'is required unless force or note is true');
      }
      const outcome = await runtime.dispatch(keyOf(c.get('caller'), c.req.valid('param').id), {
        type: 'send',
        by: personOf(c.get('caller')),
        text,
        clientMessageId,
        lastSeenSeq: lastSeenSeq ?? null,
        force,
        note,
      });
      return c.json(messageOf(outcome), 201);
    })
    .openapi(sendAnyway(guard), async (c) => {
      const { id: conversationId, messageId } = c.req.valid('param');
      const by = personOf(c.get('caller'));
      const outcome = await runtime.dispatch(keyOf(c.get('caller'), conversationId), {
        type: 'sendAnyway',
        by,
        messageId,
      });
      return c.json(messageOf(outcome), 201);
    });
}
