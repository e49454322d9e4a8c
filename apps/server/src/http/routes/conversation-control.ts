import { findTeammate } from '@baton/database/queries/teammates';
import { conversation, type Person, setAgentReplies, setAssignee, setStatus, setTyping } from '@baton/protocol';
import { createRoute } from '@hono/zod-openapi';
import type { z } from 'zod';
import type { Command } from '@baton/runtime';
import { credentialId, personOf } from '../../auth/caller.ts';
import type { AppDeps } from '../../deps.ts';
import { apiRouter } from './api-router.ts';
import { existingKey, keyOf } from './conversation-key.ts';
import type { Guard } from '../middleware/caller-guard.ts';
import { conversationOf, rejectionOf } from '../../problems/outcome.ts';
import { invalidField } from '../../problems/rejection.ts';
import { body, byId, json, noContent, problems } from './route-parts.ts';

const tags = ['Conversations'];

const replies = (guard: Guard) =>
  createRoute({
    operationId: 'setAgentReplies',
    method: 'put',
    path: '/conversations/{id}/agent-replies',
    tags,
    summary: 'Switch Agent replies off (take over) or on (hand back)',
    middleware: guard('conversation.write'),
    request: { params: byId, body: body(setAgentReplies) },
    ...problems('quarantined'),
    responses: { 200: json(conversation, 'The conversation after the change') },
  });

const assignee = (guard: Guard) =>
  createRoute({
    operationId: 'setAssignee',
    method: 'put',
    path: '/conversations/{id}/assignee',
    tags,
    summary: 'Assign the conversation to a teammate, or unassign it',
    middleware: guard('conversation.write'),
    request: { params: byId, body: body(setAssignee) },
    ...problems('quarantined'),
    responses: { 200: json(conversation, 'The conversation after the change') },
  });

const status = (guard: Guard) =>
  createRoute({
    operationId: 'setStatus',
    method: 'put',
    path: '/conversations/{id}/status',
    tags,
    summary: 'Close, reopen or snooze the conversation',
    middleware: guard('conversation.write'),
    request: { params: byId, body: body(setStatus) },
    ...problems('quarantined'),
    responses: { 200: json(conversation, 'The conversation after the change') },
  });

const typing = (guard: Guard) =>
  createRoute({
    operationId: 'setTyping',
    method: 'post',
    path: '/conversations/{id}/typing',
    tags,
    summary: 'Say that the caller is writing a reply; repeat every 3 s, expires after 8 s',
    middleware: guard('conversation.write'),
    request: { params: byId, body: body(setTyping) },
    ...problems('quarantined'),
    responses: noContent,
  });

export function conversationControlRoutes({ db, runtime, typing: leases, now }: AppDeps, guard: Guard) {
  return apiRouter()
    .openapi(replies(guard), async (c) => {
      const { enabled, instruction, assign = false } = c.req.valid('json');
      if (instruction !== undefined && !enabled)
        throw invalidField('instruction', 'is allowed only with enabled: true');
      const outcome = await runtime.dispatch(keyOf(c.get('caller'), c.req.valid('param').id), {
        type: 'setAgentReplies',
        by: personOf(c.get('caller')),
        enabled,
        instruction: instruction ?? null,
        assign,
      });
      return c.json(conversationOf(outcome), 200);
    })
    .openapi(assignee(guard), async (c) => {
      const caller = c.get('caller');
      const { assigneeId } = c.req.valid('json');
      const key = await existingKey(db, caller, c.req.valid('param').id);
      if (assigneeId !== null && !(await findTeammate(db, caller.workspace.id, assigneeId))) {
        throw invalidField('assigneeId', 'is not a teammate of this workspace');
      }
      const outcome = await runtime.dispatch(key, { type: 'assign', by: personOf(caller), assigneeId });
      return c.json(conversationOf(outcome), 200);
    })
    .openapi(status(guard), async (c) => {
      const command = statusCommand(c.req.valid('json'), personOf(c.get('caller')), now());
      const outcome = await runtime.dispatch(keyOf(c.get('caller'), c.req.valid('param').id), command);
      return c.json(conversationOf(outcome), 200);
    })
    .openapi(typing(guard), async (c) => {
      const caller = c.get('caller');
      const key = await existingKey(db, caller, c.req.valid('param').id);
      const { typing: isTyping, note = false } = c.req.valid('json');
      // A note is not a reply: a teammate who starts one has stopped writing to the customer (HOLD-4).
      const act = isTyping && !note ? leases.beat : leases.stop;
      const outcome = await act.call(leases, key, personOf(caller), credentialId(caller));
      if (!outcome.ok) throw rejectionOf(outcome);
      return c.body(null, 204);
    });
}

function statusCommand({ status: wanted, snoozedUntil }: z.infer<typeof setStatus>, by: Person, now: number): Command {
  switch (wanted) {
    case 'open':
      return { type: 'reopen', by };
    case 'closed':
      return { type: 'close', by };
    case 'snoozed': {
      if (snoozedUntil === undefined) throw invalidField('snoozedUntil', 'is required to snooze');
      const until = Date.parse(snoozedUntil);
      if (until <= now) throw invalidField('snoozedUntil', 'must be in the future');
      return { type: 'snooze', by, until };
    }
  }
}
