import { knowledgeEntry, writeKnowledgeEntry } from '@baton/protocol';
import { deleteKnowledge, insertKnowledge, listKnowledge, updateKnowledge } from '@baton/database/queries/knowledge';
import { audited } from '@baton/database/queries/audit';
import { createRoute } from '@hono/zod-openapi';
import { actorOf } from '../../auth/caller.ts';
import type { AppDeps } from '../../deps.ts';
import { apiRouter } from './api-router.ts';
import type { Guard } from '../middleware/caller-guard.ts';
import { found } from '../../problems/rejection.ts';
import { body, byId, json, listOf, noContent } from './route-parts.ts';

const tags = ['Knowledge'];

const list = (guard: Guard) =>
  createRoute({
    operationId: 'listKnowledge',
    method: 'get',
    path: '/knowledge',
    tags,
    summary: 'List the entries that the built-in FAQ agent answers from',
    middleware: guard('knowledge.read'),
    responses: { 200: json(listOf(knowledgeEntry), 'All entries') },
  });

const add = (guard: Guard) =>
  createRoute({
    operationId: 'createKnowledgeEntry',
    method: 'post',
    path: '/knowledge',
    tags,
    summary: 'Create an entry',
    middleware: guard('knowledge.write'),
    request: { body: body(writeKnowledgeEntry) },
    responses: { 201: json(knowledgeEntry, 'The entry') },
  });

const replace = (guard: Guard) =>
  createRoute({
    operationId: 'replaceKnowledgeEntry',
    method: 'put',
    path: '/knowledge/{id}',
    tags,
    summary: 'Replace an entry',
    middleware: guard('knowledge.write'),
    request: { params: byId, body: body(writeKnowledgeEntry) },
    responses: { 200: json(knowledgeEntry, 'The entry') },
  });

const remove = (guard: Guard) =>
  createRoute({
    operationId: 'deleteKnowledgeEntry',
    method: 'delete',
    path: '/knowledge/{id}',
    tags,
    summary: 'Delete an entry',
    middleware: guard('knowledge.write'),
    request: { params: byId },
    responses: noContent,
  });

export function knowledgeRoutes({ db }: AppDeps, guard: Guard) {
  return apiRouter()
    .openapi(list(guard), async (c) => c.json({ items: await listKnowledge(db, c.get('caller').workspace.id) }, 200))
    .openapi(add(guard), async (c) => {
      const by = actorOf(c.get('caller'));
      const entry = await audited(db, by, 'knowledge.added', async (tx) => {
        const result = await insertKnowledge(tx, by.workspaceId, c.req.valid('json'));
        return { result, subjectId: result.id };
      });
      return c.json(entry, 201);
    })
    .openapi(replace(guard), async (c) => {
      const by = actorOf(c.get('caller'));
      const { id } = c.req.valid('param');
      const entry = await audited(db, by, 'knowledge.changed', async (tx) => {
        const result = found(await updateKnowledge(tx, by.workspaceId, { id, ...c.req.valid('json') }));
        return { result, subjectId: id };
      });
      return c.json(entry, 200);
    })
    .openapi(remove(guard), async (c) => {
      const by = actorOf(c.get('caller'));
      const { id } = c.req.valid('param');
      await audited(db, by, 'knowledge.deleted', async (tx) => {
        const result = found(await deleteKnowledge(tx, by.workspaceId, id));
        return { result, subjectId: id, detail: { question: result.question } };
      });
      return c.body(null, 204);
    });
}
