import { readMessages } from '@baton/database/queries/messages';
import { id, message, messageQuery, sendMessage } from '@baton/protocol';
import { createRoute } from '@hono/zod-openapi';
import type { AppDeps } from '../../deps.ts';
import { apiRouter } from './api-router.ts';
import { existingKey, keyOf, personOf } from './conversation-key.ts';
import type { Guard } from '../middleware/caller-guard.ts';
import { messageOf } from '../outcome.ts';
import { invalidField } from '../refusal.ts';
import { body, byId, json, listOf, problemAnswer } from './route-parts.ts';

const tags = ['Messages'];

const list = (guard: Guard) =>
  createRoute({
    method: 'get',
    path: '/conversations/{id}/messages',
    tags,
    summary: 'Messages by seq: the newest, those before one, after one, or changed since a revision',
    middleware: guard('conversation.read'),
    request: { params: byId, query: messageQuery },
    responses: { 200: json(listOf(message), 'Messages by rising seq') },
  });

const send = (guard: Guard) =>
  createRoute({
    method: 'post',
    path: '/conversations/{id}/messages',
    tags,
    summary: 'Write to the customer, or a note to the team',
    middleware: guard('conversation.write'),
    request: { params: byId, body: body(sendMessage) },
    responses: {
      201: json(message, 'The message; the same one again for the same `clientMessageId`'),
      409: {
        ...problemAnswer,
        description:
          '`stale_view`, with the messages that are newer; `conflict`: the `clientMessageId` is somebody else’s',
      },
    },
  });

const sendAnyway = (guard: Guard) =>
  createRoute({
    method: 'post',
    path: '/conversations/{id}/messages/{messageId}/send',
    tags,
    summary: 'Send what did not surely reach the customer, as the caller',
    middleware: guard('conversation.write'),
    request: { params: byId.extend({ messageId: id }) },
    responses: {
      201: json(message, 'The message that now goes out'),
      409: {
        ...problemAnswer,
        description: '`conflict`: it is not withheld, failed or uncertain (any more), or it is sent again by itself',
      },
    },
  });

export function conversationMessageRoutes({ db, runtime }: AppDeps, guard: Guard) {
  return apiRouter()
    .openapi(list(guard), async (c) => {
      const key = await existingKey(db, c.get('caller'), c.req.valid('param').id);
      const { limit, ...range } = c.req.valid('query');
      // Who reads forward wants no gap behind what they have; who opens a conversation wants its end.
      const forward = range.after !== undefined || range.sinceRevision !== undefined;
      const items = await readMessages(db, key, range, limit, forward ? 'oldest' : 'newest');
      return c.json({ items }, 200);
    })
    .openapi(send(guard), async (c) => {
      const { text, clientMessageId, lastSeenSeq, force = false, note = false } = c.req.valid('json');
      if (lastSeenSeq === undefined && !force && !note) {
        throw invalidField('lastSeenSeq', 'is needed, unless force or note is true');
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
